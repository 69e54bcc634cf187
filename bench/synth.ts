/** A synth against a bare CDKTF app and against CDKTF's template: `npm run bench -- synth`. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { table } from "../commands/table.ts";
import { rooms } from "../rooms.ts";
import { optionalModules } from "../tools/optional-modules.ts";
import { measure, NODE, ratio, row, run } from "./measure.ts";

const root = path.dirname(import.meta.dirname);
const work = mkdtempSync(path.join(os.tmpdir(), "bench-"));
/** ts-node, and the TypeScript that it needs. */
const others = optionalModules("other-projects");
const ROUNDS = Number(process.argv[2] ?? 5);

function node(script: string, ...args: string[]): string[] {
  return [process.execPath, ...NODE, path.join(root, script), ...args];
}

function out(name: string): string {
  return path.join(work, name);
}

/** The same app in a folder of its own, compiled as CDKTF's template does: CommonJS, types checked on every run. */
function templateApp(): string {
  const folder = out("template");
  mkdirSync(folder);
  for (const room of ["bench", "commands", ...Object.keys(rooms)].filter((room) =>
    existsSync(path.join(root, room)),
  )) {
    cpSync(path.join(root, room), path.join(folder, room), { recursive: true });
    for (const file of readdirSync(path.join(folder, room), { recursive: true, encoding: "utf8" })) {
      if (file.endsWith(".ts")) asCommonJs(path.join(folder, room, file));
    }
  }
  cpSync(path.join(root, "rooms.ts"), path.join(folder, "rooms.ts"));
  cpSync(path.join(root, "test/fixtures/environments"), path.join(folder, "test/fixtures/environments"), {
    recursive: true,
  });
  asCommonJs(path.join(folder, "test/fixtures/environments/staging.ts"));
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "commonjs" }));
  const compilerOptions = {
    target: "es2022",
    lib: ["es2023"],
    module: "commonjs",
    moduleResolution: "node10",
    strict: true,
    skipLibCheck: true,
    esModuleInterop: true,
    types: ["node"],
  };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  return folder;
}

/** CommonJS of the template imports "./x" where native Node wants "./x.ts", and knows no import.meta. */
function asCommonJs(file: string): void {
  const text = readFileSync(file, "utf8");
  writeFileSync(
    file,
    text
      .replaceAll(/((?:from|import\() ?"\.[^"]*)\.ts"/g, '$1"')
      .replaceAll("import.meta.dirname ?? __dirname", "__dirname")
      .replaceAll("import.meta.dirname", "__dirname")
      .replaceAll("import.meta.filename", "__filename"),
  );
}

try {
  const first = out("first");
  run({ name: "first synth", command: node("bench/app.ts", "3", "verified", first) });
  const template = templateApp();
  const tsNode = [
    "--no-experimental-strip-types",
    "--require",
    path.join(others, "ts-node/register/index.js"),
  ];
  const [bare, plain, verified, byTsNode, one, ten, hundred, types] = measure(ROUNDS, [
    { name: "bare", command: node("bench/bare.ts", first, out("bare")) },
    { name: "unverified", command: node("bench/app.ts", "3", "unverified", out("unverified")) },
    { name: "verified", command: node("bench/app.ts", "3", "verified", out("verified")) },
    {
      name: "ts-node",
      command: [
        "/usr/bin/env",
        `TS_NODE_COMPILER=${path.join(others, "typescript")}`,
        process.execPath,
        ...NODE,
        ...tsNode,
        "bench/app.ts",
        "3",
        "verified",
        out("ts-node"),
      ],
      cwd: template,
      rounds: 2,
    },
    { name: "1 service", command: node("bench/app.ts", "1", "verified", out("one")) },
    { name: "10 services", command: node("bench/app.ts", "10", "verified", out("ten")) },
    { name: "100 services", command: node("bench/app.ts", "100", "verified", out("hundred")) },
    { name: "types", command: ["tsc", "--project", "."] },
  ]);
  if (!bare || !plain || !verified || !byTsNode || !one || !ten || !hundred || !types)
    throw new Error("nothing measured");
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
        row("ours, verified, by ts-node as CDKTF's template", byTsNode, `${ratio(byTsNode, verified)} ours`),
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
