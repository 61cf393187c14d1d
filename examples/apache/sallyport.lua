-- Sallyport is asked about a request before it goes on to its site. Whatever is not a clear yes is no.

local http = require 'socket.http'
local ltn12 = require 'ltn12'
http.TIMEOUT = 10

local sallyport = 'http://127.0.0.1:4000'

-- What Sallyport is told of what the visitor sent, and nothing else.
local told = {
  'Cookie', 'User-Agent', 'Accept', 'Accept-Language', 'Content-Type', 'Origin', 'Referer',
  'Sec-Fetch-Site', 'Sec-Fetch-Mode',
}
local about = { 'Remote-User', 'Remote-Name', 'Remote-Email', 'Remote-Groups', 'Remote-Acr', 'Cookie' }

-- What only this proxy says, in each of its spellings.
local only_ours = {
  '^remote%-', '^x%-forwarded%-', '^forwarded$', '^x%-real%-', '^x%-original%-', '^x%-rewrite%-', '^x%-sallyport%-',
  '^x%-http%-method', '^x%-method',
}

local function forget(r)
  for name in pairs(r:headers_in_table()) do
    local plain = name:lower():gsub('_', '-')
    for _, pattern in ipairs(only_ours) do
      if plain:match(pattern) then r.headers_in[name] = nil end
    end
  end
  -- A visitor could name fields there that end here, those about themselves among them.
  local upgrades = (r.headers_in['Upgrade'] or ''):lower() == 'websocket'
  r.headers_in['Connection'] = upgrades and 'Upgrade' or nil
  -- Nothing else that a connection could be turned into.
  if not upgrades then r.headers_in['Upgrade'] = nil end
end

local function tell(r, headers)
  headers['X-Forwarded-Proto'] = 'https'
  headers['X-Forwarded-Host'] = r.subprocess_env['SALLYPORT_SITE']:match('^https://(.+)$')
  headers['X-Forwarded-For'] = r.useragent_ip
  return headers
end

local function ask_about(r)
  local headers = tell(r, { ['X-Forwarded-Uri'] = r.unparsed_uri, ['X-Forwarded-Method'] = r.method })
  for _, name in ipairs(told) do headers[name] = r.headers_in[name] end
  local body = {}
  local _, status, answered = http.request {
    url = sallyport .. '/forward-auth', headers = headers, redirect = false, sink = ltn12.sink.table(body),
  }
  return status, answered or {}, table.concat(body)
end

-- At our own answers, nothing is said of what the site would have said.
local function instead(r, status, headers, body)
  for name, value in pairs(headers) do
    if name ~= 'content-length' and name ~= 'transfer-encoding' and name ~= 'connection' then r.headers_out[name] = value end
  end
  r.content_type = headers['content-type'] or 'text/plain'
  r.status = status
  r:write(body)
  return apache2.DONE
end

function ask(r)
  forget(r)
  tell(r, r.headers_in)
  -- Where it goes is settled by now: to Sallyport, or to the site.
  if r.filename:sub(1, #sallyport + 18) == 'proxy:' .. sallyport .. '/.sallyport/' then return apache2.OK end
  local status, headers, body = ask_about(r)
  if status == 200 and headers['remote-user'] then
    for _, name in ipairs(about) do r.headers_in[name] = headers[name:lower()] or '' end
    return apache2.OK
  end
  if type(status) ~= 'number' or status == 200 then return 503 end
  return instead(r, status, headers, body)
end
