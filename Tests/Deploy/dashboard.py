"""A dashboard's panels: ids of their own, no two in one place, none beyond the edge."""
import json
import sys

panels = json.load(open(sys.argv[1]))["panels"]
problems = []
ids = [panel["id"] for panel in panels]
if len(ids) != len(set(ids)):
    problems.append("an id is there twice")
taken = {}
for panel in panels:
    place = panel["gridPos"]
    if place["x"] + place["w"] > 24:
        problems.append(f"{panel['title']}: beyond the edge")
    for x in range(place["x"], place["x"] + place["w"]):
        for y in range(place["y"], place["y"] + place["h"]):
            other = taken.setdefault((x, y), panel["title"])
            if other is not panel["title"]:
                problems.append(f"{panel['title']}: over {other}")
print("\n".join(sorted(set(problems))))
sys.exit(bool(problems))
