import { expect, test } from "@jest/globals";
import { unitOf } from "../../page/units.ts";

test.each([
  ["max_instance_count", "instances"],
  ["max_instances", "instances"],
  ["max_connections", "connections"],
  ["max_ports_per_vm", "ports per vm"],
  ["retained_backups", "backups"],
  ["period_seconds", "s"],
  ["timeout_sec", "s"],
  ["transaction_log_retention_days", "days"],
  ["memory_size_gb", "GiB"],
  ["max_throughput", "Mbit/s"],
  ["percent", "%"],
  ["cpu", "vCPU"],
  ["DATABASE_POOL_SIZE", "connections"],
  ["DATABASE_STATEMENT_TIMEOUT_SECONDS", "s"],
])("%s is in %s", (name, unit) => {
  expect(unitOf(name)).toBe(unit);
});

test.each(["container_port", "POSTGRES_PORT", "version", "priority", "http_status"])(
  "%s names something, and has no unit",
  (name) => {
    expect(unitOf(name)).toBe("");
  },
);
