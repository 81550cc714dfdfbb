"""Decisions a second of cedarpy's batch call, on what `bench-authz` wrote into a folder."""

import importlib.metadata
import json
import statistics
import sys
import time
from pathlib import Path

import cedarpy

folder = Path(sys.argv[1])
policies = (folder / "policies.cedar").read_text(encoding="utf-8")
entities = (folder / "entities.json").read_text(encoding="utf-8")
requests = json.loads((folder / "requests.json").read_text(encoding="utf-8"))
ours = float((folder / "ours.txt").read_text(encoding="utf-8"))

# What can be parsed beforehand is: that is the fastest way to call it.
policies = cedarpy.PolicySet.from_str(policies)
entities = cedarpy.Entities.from_json_str(entities)

seconds = []
allowed = 0
for _ in range(3):
    began = time.perf_counter()
    answers = cedarpy.is_authorized_batch(requests, policies, entities)
    seconds.append(time.perf_counter() - began)
    allowed = sum(answer.allowed for answer in answers)

rate = len(requests) / statistics.median(seconds)
print(f"  {allowed} of {len(requests):,} uses are allowed by cedarpy {importlib.metadata.version('cedarpy')}")
print(f"  cedarpy, is_authorized_batch  {rate:>12.0f} decisions/s, policies and entities parsed before, median of 3")
print(f"  ratio to cedarpy              {ours / rate:>12.1f} (at least 1,000)")
