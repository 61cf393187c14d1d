-- Sallyport is asked about a request before it goes on to its site. Whatever is not a clear yes is no.

local sallyport = 'http://127.0.0.1:4000'

-- What Sallyport is told of what the visitor sent, and nothing else.
local told = {
  'cookie', 'user-agent', 'accept', 'accept-language', 'content-type', 'origin', 'referer',
  'sec-fetch-site', 'sec-fetch-mode',
}
local about = { 'remote-user', 'remote-name', 'remote-email', 'remote-groups', 'remote-acr', 'cookie' }

local function fields(txn, more)
  local came = txn.http:req_get_headers()
  local sent = {
    ['x-original-url'] = { txn:get_var('txn.site') .. txn.sf:pathq() },
    ['x-original-method'] = { txn.sf:method() },
    ['x-forwarded-for'] = { txn.sf:src() },
  }
  for _, name in ipairs(told) do
    -- Of two that are one by the standard (RFC 9113, 8.2.3), or are none.
    if came[name] then sent[name] = { table.concat(came[name], name == 'cookie' and '; ' or ', ', 0) } end
  end
  for name, value in pairs(more or {}) do sent[name] = { value } end
  return sent
end

local function ask(txn, more)
  return core.httpclient():get { url = sallyport .. '/forward-auth', headers = fields(txn, more) }
end

-- The form, if all of it is here; else it is led through without.
local function form(txn)
  local body = txn.sf:req_body()
  return tonumber(txn.sf:req_hdr('content-length')) == #body and body or ''
end

local function instead(txn, answer)
  local reply = txn:reply { status = answer.status or 503 }
  for name, values in pairs(answer.headers or {}) do
    if name ~= 'transfer-encoding' and name ~= 'connection' then
      for _, value in pairs(values) do reply:add_header(name, value) end
    end
  end
  reply:set_body(answer.body or '')
  txn:done(reply)
end

local function go_on(txn, answer)
  for _, name in ipairs(about) do
    txn.http:req_set_header(name, answer.headers[name] and answer.headers[name][0] or '')
  end
end

core.register_action('sallyport', { 'http-req' }, function(txn)
  local answer = ask(txn)
  if answer.status == 401 then
    answer = core.httpclient():post {
      url = sallyport .. '/.sallyport/more', headers = fields(txn), body = form(txn),
    }
    -- What had to wait is sent: asked again, for whoever sends it may have signed out.
    local sent_on = answer.status == 200 and answer.headers['x-accel-redirect']
    if sent_on then answer = ask(txn, { ['x-sallyport-sending'] = 'yes' }) end
  end
  if answer.status == 200 and answer.headers['remote-user'] then return go_on(txn, answer) end
  instead(txn, answer)
end, 0)
