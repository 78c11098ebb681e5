"""nginx in the place of the gateway, to compare with."""

import pathlib
import subprocess
import time

from devtool.bench import load
from devtool.bench.house import House


class Nginx:
    """nginx as a gateway in the same place: grpc_pass to the bare echo, one worker."""

    CONFIG = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; client_body_temp_path {folder}/body; grpc_buffer_size 16k;
  upstream echo {{ server {upstream}; keepalive 4; }}
  server {{ listen 127.0.0.1:{port} http2; keepalive_requests 100000000;
            location / {{ grpc_pass grpc://echo; }} }}
}}
"""

    def __init__(self, opened: House, folder: pathlib.Path):
        self._port = opened.free_port()
        config = folder / "nginx.conf"
        config.write_text(self.CONFIG.format(folder=folder, port=self._port,
                                             upstream=opened.bare.address))
        self._command = ["nginx", "-c", str(config), "-p", str(folder)]

    def __enter__(self) -> "Nginx":
        self._process = subprocess.Popen(self._command, stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        return self

    def __exit__(self, *_) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)

    def cpu_per_echo(self, body: pathlib.Path, seconds: int) -> float:
        worker = int(subprocess.run(["pgrep", "-P", str(self._process.pid)], capture_output=True,
                                    text=True, check=True).stdout.split()[0])
        before = load.cpu_seconds(worker)
        run = load.h2load(f"http://127.0.0.1:{self._port}/bare/Echo", body, seconds)
        return (load.cpu_seconds(worker) - before) / run.requests * 1e6
