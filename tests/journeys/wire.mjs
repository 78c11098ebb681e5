// Requests as bytes: what no well-behaved client sends, and answers compared as bytes.
import { create, fromBinary, toBinary, toJson } from '@bufbuild/protobuf';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import http from 'node:http';
import net from 'node:net';
import { rpc } from './contracts.mjs';
import { leaveRoom } from './rates.mjs';
import { stack } from './stack.mjs';

// The path of a method: "/guildhall.directory.v1.DirectoryService/GetCommunity".
export const pathOf = (service, method) => `/${service.typeName}/${method}`;

// Sends a POST as it is. `from` is an address of this machine, of which 127.0.0.0/8 has many: the
// gateway counts strangers by network.
export function send({ gateway = 0, path, method = 'POST', headers = {}, body = '', from }) {
  const { hostname, port } = new URL(stack.gateways[gateway]);
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path, method, headers, localAddress: from });
    request.once('error', reject);
    request.once('response', async (response) => {
      const parts = [];
      for await (const part of response) parts.push(part);
      resolve({ status: response.statusCode, headers: response.headers,
        body: Buffer.concat(parts) });
    });
    request.end(body);
  });
}

// A unary call by Connect with JSON; the body of the answer is parsed.
export async function sendJson({ path, message = {}, secret, headers = {}, ...more }) {
  const answer = await send({ path, ...more, body: JSON.stringify(message),
    headers: { 'content-type': 'application/json', ...authorization(secret), ...headers } });
  return { ...answer, json: JSON.parse(answer.body) };
}

export const authorization = (secret) => (secret ? { authorization: `Bearer ${secret}` } : {});

const FRAME_HEAD_BYTES = 5;

// A message of gRPC-web: flags, length, bytes.
export function frame(bytes, flags = 0) {
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.writeUInt8(flags);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

export const FRAMES = { 'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1' };

// The reason in an error of Connect; "" if it has none.
function reasonOfError({ details = [] }) {
  const info = details.find(({ type }) => type === rpc.ErrorInfoSchema.typeName);
  return info ? fromBinary(rpc.ErrorInfoSchema, Buffer.from(info.value, 'base64')).reason : '';
}

// The reason in an answer of any protocol; "" when it was answered or has none.
export function reasonIn({ headers, body }) {
  const type = headers['content-type'] ?? '';
  if (type === 'application/json') return reasonOfError(JSON.parse(body));
  // A stream's error stands in its last message, here the only one.
  if (type.startsWith('application/connect+')) {
    return reasonOfError(JSON.parse(body.subarray(FRAME_HEAD_BYTES)).error ?? {});
  }
  if (!type.startsWith('application/grpc-web')) return '';
  const frames = type.includes('-text') ? Buffer.from(body.toString(), 'base64') : body;
  const [, details = ''] = /grpc-status-details-bin:(\S+)/.exec(frames.toString('latin1')) ?? [];
  const status = fromBinary(rpc.StatusSchema, Buffer.from(details, 'base64'));
  for (const detail of status.details) {
    const info = anyUnpack(detail, rpc.ErrorInfoSchema);
    if (info) return info.reason;
  }
  return '';
}

// Asks the same in all four protocols; the answers as status and bytes. Never so fast that the
// session is refused for that.
export async function askInAllProtocols(service, method, fields, secret) {
  const { input } = service.method[method[0].toLowerCase() + method.slice(1)];
  const message = create(input, fields);
  const bytes = Buffer.from(toBinary(input, message));
  const json = JSON.stringify(toJson(input, message));
  const bodies = {
    'application/grpc-web+proto': frame(bytes),
    'application/grpc-web-text': frame(bytes).toString('base64'),
    'application/proto': bytes,
    'application/json': json,
  };
  const answers = {};
  for (const [type, body] of Object.entries(bodies)) {
    const { status, headers, body: answer } = await send({ path: pathOf(service, method), body,
      headers: { 'content-type': type, ...authorization(secret) } });
    answers[type] = `${status} ${answer.toString('latin1')}`;
    await leaveRoom(headers['ratelimit-remaining']);
  }
  return answers;
}

// Writes bytes to a gateway's socket and answers all that comes back until it closes.
export function sendBytes(bytes, options) {
  return talk((socket) => socket.end(bytes), options);
}

// The same, in pieces of one byte: each has left before the next is written.
export function sendByteByByte(bytes, options) {
  return talk(async (socket) => {
    socket.setNoDelay(true);
    for (const byte of Buffer.from(bytes)) {
      await new Promise((left) => socket.write(Buffer.of(byte), left));
    }
  }, options);
}

// What is answered to whoever says something over a connection of its own, until that ends.
function talk(say, { gateway = 0, from } = {}) {
  const { hostname, port } = new URL(stack.gateways[gateway]);
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: hostname, port, localAddress: from });
    const parts = [];
    socket.on('data', (part) => parts.push(part));
    socket.once('error', (error) => (error.code === 'ECONNRESET' || error.code === 'EPIPE'
      ? resolve(Buffer.concat(parts).toString('latin1')) : reject(error)));
    socket.once('close', () => resolve(Buffer.concat(parts).toString('latin1')));
    say(socket);
  });
}
