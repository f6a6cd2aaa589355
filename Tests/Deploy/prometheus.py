"""Asks a running Prometheus: does it scrape, do its rules evaluate, does each question of the dashboard have an
answer? prometheus.py URL DASHBOARD"""
import json
import sys
import time
import urllib.parse
import urllib.request

base, dashboard = sys.argv[1:3]
# Nothing of these has happened in a demo that has answered one request.
QUIET = ("_log_lines_dropped", "trace_spans_total", "schema_drift_total", "loading_images", "_failures_total",
         'status="5xx"', "problems_total", "_refused_total")


def ask(path, **parameters):
    query = urllib.parse.urlencode(parameters)
    try:
        with urllib.request.urlopen(f"{base}{path}?{query}", timeout=10) as answer:
            return json.load(answer)["data"]
    except urllib.error.HTTPError as error:
        sys.exit(f"{path} {parameters}: {error.read().decode()}")


def until(what, condition):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.2)
    sys.exit(f"not within 20 s: {what}")


def value(question):
    result = ask("/api/v1/query", query=question)["result"]
    return float(result[0]["value"][1]) if result else None


until("the gateway is scraped", lambda: value('up{job="image-gateway"}') == 1)
# Rates need two scrapes.
until("two scrapes", lambda: (value('count_over_time(up{job="image-gateway"}[1m])') or 0) >= 4)
until("the rules were evaluated", lambda: all(
    rule["health"] == "ok" for group in ask("/api/v1/rules")["groups"] for rule in group["rules"]))
rules = [rule for group in ask("/api/v1/rules")["groups"] for rule in group["rules"]]
assert len(rules) >= 10, rules
firing = [rule["name"] for rule in rules if rule["state"] == "firing"]
assert not firing, f"on a healthy demo these fire: {firing}"

empty = []
questions = 0
for panel in json.load(open(dashboard))["panels"]:
    for target in panel.get("targets", []):
        question = target["expr"].replace('"$instance"', '".*"').replace("$__rate_interval", "1m")
        questions += 1
        result = ask("/api/v1/query", query=question)["result"]
        if not result and not any(word in question for word in QUIET):
            empty.append(f"{panel['title']}: {question}")
print("\n".join(empty))
print(f"{len(rules)} rules, {questions} questions")
sys.exit(bool(empty))
