-- Of a hundred questions 90 are the same, 9 are new, and 1 asks the upstreams again.
--   wrk … -s mixed.lua URL -- FOLDER TARGET FIRST      FOLDER: where warm.lua is; FIRST: as there
local turn = 0
local target = "/v1/images"

function init(arguments)
    dofile(arguments[1] .. "/warm.lua")
    init(arguments)
    target = arguments[2]
    request = mixed
end

function mixed()
    turn = turn + 1
    local part = turn % 100
    if part < 90 then return wrk.format("GET", target) end
    if part < 99 then return warm() end
    local headers = { ["Cache-Control"] = "max-age=0" }
    for name, value in pairs(wrk.headers) do headers[name] = value end
    return wrk.format("GET", target, headers)
end

request = mixed
