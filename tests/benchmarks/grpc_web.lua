-- wrk: sends one gRPC-web request body over and over, signed in.
-- Arguments: the file with the body, the bearer token; then, for writes, the words "topics N FIRST":
-- each request gets a request id of its own and one of N topics, numbered from FIRST or 1 on. Bodies
-- carry the marks @@request-id@@… and topics/…, both of the fixed length of a UUID, so that lengths
-- stay.
local body, topics, first
local count = 0

-- For writes alone: without it wrk sends the same bytes over and over and runs no Lua in between,
-- as h2load does for the baseline.
local function request_of_its_own()
  count = count + 1
  local id = string.format("%s-0000-4000-8000-%012x", run, count)
  local topic = string.format("00000000-0000-7000-8000-%012x", first + math.random(0, topics - 1))
  local sent = body:gsub("@@request%-id@@@@@@@@@@@@@@@@@@@@@@@@", id, 1)
                   :gsub("@@topic%-id@@@@@@@@@@@@@@@@@@@@@@@@@@", topic, 1)
  return wrk.format(nil, nil, nil, sent)
end

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  body = file:read("*a")
  file:close()
  wrk.method = "POST"
  wrk.body = body
  wrk.headers["content-type"] = "application/grpc-web+proto"
  wrk.headers["x-grpc-web"] = "1"
  wrk.headers["authorization"] = "Bearer " .. arguments[2]
  if arguments[3] ~= "topics" then return end
  topics = tonumber(arguments[4])
  first = tonumber(arguments[5] or 1)
  math.randomseed(os.time())
  run = string.format("%08x", math.random(0, 0x7fffffff))
  request = request_of_its_own
end
