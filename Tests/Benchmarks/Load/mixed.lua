-- Of a hundred questions 90 are the same, 9 are new, and 1 is asked of the upstreams at once.
--   wrk … -s mixed.lua URL -- FOLDER TARGET KEY FIRST
-- FOLDER: where warm.lua is. KEY: of a client whose upstreams keep nothing; empty: the hundredth is hot,
-- too. FIRST: the number to count from.
local turn = 0
local target, cold

local function mixed()
    turn = turn + 1
    local part = turn % 100
    if part > 0 and part < 10 then return warm() end
    return part == 0 and cold or wrk.format("GET", target)
end

function init(arguments)
    dofile(arguments[1] .. "/warm.lua")
    init(arguments)
    request = mixed
    target = arguments[2]
    if arguments[3] == "" then return end
    local headers = {}
    for name, value in pairs(wrk.headers) do headers[name] = value end
    headers["Authorization"] = "Bearer " .. arguments[3]
    cold = wrk.format("GET", "/v1/images?limit=25", headers)
end

request = mixed
