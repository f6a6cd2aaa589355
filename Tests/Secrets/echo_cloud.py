"""A cloud that repeats whatever it is told: request line, fields and body come back in its errors.

`EchoCloud.mode` decides how; logins always succeed, with session tokens that are secrets too. `received` is everything that
came in, so that a test can tell that the secrets were in use.
"""

import http.server
import json
import threading

MODES = {
    # How an answer to a list call looks: status, and what makes its body and fields of the echo.
    "401-envelope": 401, "403-envelope": 403, "400-envelope": 400, "500-envelope": 500, "200-envelope": 200,
    "429-text": 429, "500-html": 500, "200-html": 200, "302-location": 302, "200-truncated": 200,
    "407-fields": 407, "403-code": 403, "200-code": 200, "503-reason": 503,
}


class EchoCloud:
    def __init__(self, vault):
        self.mode = "401-envelope"
        self.received = []
        self.sessions = {
            "huawei session": vault.plant("session token of a Huawei login"),
            "gmi step": vault.plant("first token of a GMI login"),
            "gmi access": vault.plant("session token of a GMI login"),
            "gmi refresh": vault.plant("refresh token of a GMI login"),
        }
        cloud = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                cloud.answer(self)

            do_GET = do_POST = do_PATCH = answer

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, request):
        length = int(request.headers.get("content-length") or 0)
        body = request.rfile.read(length).decode(errors="replace")
        fields = "".join(f"{name}: {value}\n" for name, value in request.headers.items())
        echo = f"{request.requestline}\n{fields}\n{body}"
        self.received.append(echo)
        if self.login(request):
            return
        status = MODES[self.mode]
        content, kind, extra, reason = self.reply(echo, request, body)
        request.send_response(status, reason)
        request.send_header("Content-Type", kind)
        for name, value in extra.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(content) + (10 if self.mode == "200-truncated" else 0)))
        request.end_headers()
        request.wfile.write(content)
        if self.mode == "200-truncated":
            request.close_connection = True

    def login(self, request):
        answers = {
            "/v3/auth/tokens": ({"token": {"expires_at": "2099-01-01T00:00:00.000000Z"}}, {
                "X-Subject-Token": self.sessions["huawei session"]}),
            "/api/v1/me/auth-tokens": ({"authToken": self.sessions["gmi step"], "is2FARequired": False}, {}),
            "/api/v1/me/sessions": ({
                "accessToken": self.sessions["gmi access"], "refreshToken": self.sessions["gmi refresh"]}, {}),
        }
        if request.path.split("?")[0] not in answers:
            return False
        document, fields = answers[request.path.split("?")[0]]
        content = json.dumps(document).encode()
        request.send_response(201)
        for name, value in {"Content-Type": "application/json", **fields}.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)
        return True

    def reply(self, echo, request, body):
        """Content, its type, more fields, reason phrase."""
        credential = self.credential(request, body)
        flat = " ".join(echo.split())
        match self.mode.split("-", 1)[1]:
            case "envelope":
                return self.envelope("Denied", flat), "application/json", {}, None
            case "code":
                # A credential as the provider's own error code, bare and behind a word.
                return self.envelope(credential, flat), "application/json", {}, None
            case "location":
                place = f"http://127.0.0.1:9/{credential}?{credential}"
                return flat.encode(), "text/plain", {"Location": place}, None
            case "fields":
                fields = {"WWW-Authenticate": f'Basic realm="{credential}"', "Server": credential, "Retry-After": credential}
                return b"", "text/plain", fields, None
            case "reason":
                return b"", "text/plain", {}, f"no {credential}"
            case "html":
                return f"<html><body>{echo}</body></html>".encode(), "text/html", {}, None
            case _:
                return json.dumps({"error": flat}).encode(), "application/json", {}, None

    def envelope(self, code, message):
        """Every dialect's error in one document."""
        return json.dumps({
            "code": code, "message": message, "msg": message, "group": code, "reason": message,
            "error": {"code": code, "message": message}, "error_code": code, "error_msg": message,
            "Response": {"Error": {"Code": code, "Message": message}, "RequestId": code},
            "requestId": code, "codeDesc": message,
        }).encode()

    def credential(self, request, body):
        """The one thing that proves who calls, as it came."""
        for name in ("X-Auth-Token", "X-Security-Token", "X-Secret-Header", "X-TC-Token", "Authorization"):
            if request.headers.get(name):
                return request.headers[name].split()[-1]
        return "none"
