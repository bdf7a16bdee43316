-- One transfer a request, between two of the accounts; the server makes the idempotency keys.
local first = tonumber(os.getenv("FIRST"))
local step = tonumber(os.getenv("STEP"))
local count = tonumber(os.getenv("COUNT"))
local headers = { ["Content-Type"] = "application/json" }
local threads = {}
local number = 0

function setup(thread)
  number = number + 1
  thread:set("seed", number)
  table.insert(threads, thread)
end

function init()
  math.randomseed(os.time() + seed)
  completed = 0
  failed = 0
end

function request()
  local from = math.random(count) - 1
  local to = (from + math.random(count - 1)) % count
  local body = string.format(
    '{"from_account":%d,"to_account":%d,"amount":1,"description":"benchmark"}', first + step * from, first + step * to)
  return wrk.format("POST", "/api/v1/transfers", headers, body)
end

function response(status)
  if status == 201 then completed = completed + 1 else failed = failed + 1 end
end

function done(summary, latency)
  local completed, failed = 0, 0
  for _, thread in ipairs(threads) do
    completed = completed + thread:get("completed")
    failed = failed + thread:get("failed")
  end
  local errors = summary.errors
  failed = failed + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("completed_per_second=%.1f\np99_ms=%.1f\nfailed=%d\n",
    completed / (summary.duration / 1000000), latency:percentile(99) / 1000, failed))
end
