-- Every question differs from all before by its bounds; filters, orders and pages take turns.
--   wrk … -s warm.lua URL -- FIRST      FIRST: the number to count from
local number = 0

local filters = {
    "os_distribution=ubuntu", "os_family=windows", "architecture=x86_64&status=available",
    "provider=tencent-cvm&visibility=public", "os_distribution=centos&os_version=7",
    "region=cn-north-4",
}
local orders = { "", "&sort=name", "&sort=-updated_at", "&sort=os_distribution,-os_version" }

function init(arguments)
    number = tonumber(arguments[#arguments]) or 0
end

function warm()
    number = number + 1
    -- Whole minutes before every image, and a bound that only some days of images meet.
    local second = number % 86400
    local day = math.floor(number / 86400)
    return wrk.format("GET", string.format(
        "/v1/images?limit=25&%s%s&created_after=20%02d-01-01T%02d:%02d:%02dZ&created_before=2031-01-%02dT00:00:00Z",
        filters[number % #filters + 1], orders[math.floor(number / 7) % #orders + 1],
        10 + math.floor(day / 28) % 8, math.floor(second / 3600), math.floor(second / 60) % 60, second % 60,
        1 + day % 28))
end

request = warm
