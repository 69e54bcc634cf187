/** A synth against a bare CDKTF app: `npm run bench -- synth`. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { table } from "../commands/table.ts";
import { measure, NODE, ratio, row, run } from "./measure.ts";

const root = path.dirname(import.meta.dirname);
const work = mkdtempSync(path.join(os.tmpdir(), "bench-"));
const ROUNDS = Number(process.argv[2] ?? 5);

function node(script: string, ...args: string[]): string[] {
  return [process.execPath, ...NODE, path.join(root, script), ...args];
}

function out(name: string): string {
  return path.join(work, name);
}

try {
  const first = out("first");
  run({ name: "first synth", command: node("bench/app.ts", "3", "verified", first) });
  const [bare, plain, verified, one, ten, hundred, types] = measure(ROUNDS, [
    { name: "bare", command: node("bench/bare.ts", first, out("bare")) },
    { name: "unverified", command: node("bench/app.ts", "3", "unverified", out("unverified")) },
    { name: "verified", command: node("bench/app.ts", "3", "verified", out("verified")) },
    { name: "1 service", command: node("bench/app.ts", "1", "verified", out("one")) },
    { name: "10 services", command: node("bench/app.ts", "10", "verified", out("ten")) },
    { name: "100 services", command: node("bench/app.ts", "100", "verified", out("hundred")) },
    { name: "types", command: ["tsc", "--project", "."] },
  ]);
  if (!bare || !plain || !verified || !one || !ten || !hundred || !types) throw new Error("nothing measured");
  console.log(
    `Best of ${ROUNDS} rounds side by side, Node ${process.versions.node}, whole process from start to exit.\n`,
  );
  console.log(
    table(
      [
        ["", "time", "peak memory", "compared"],
        row("bare cdktf app, same resources (3 services)", bare, "1"),
        row("ours, unverified", plain, `${ratio(plain, bare)} bare`),
        row(
          "ours, verified",
          verified,
          `${ratio(verified, bare)} bare; verification adds ${(((verified.time - plain.time) / bare.time) * 100).toFixed(0)} % of bare`,
        ),
        row("1 service, verified", one, ""),
        row("10 services, verified", ten, `${ratio(ten, one)} of 1`),
        row("100 services, verified", hundred, `${ratio(hundred, ten)} of 10`),
        row("type check", types, ""),
      ],
      "",
    ).join("\n"),
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
