/** How soon Chromium paints the page of a hundred services, the best of several rounds: `npm run bench -- page`. */
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { topology } from "../analysis/topology/topology.ts";
import { table } from "../commands/table.ts";
import { environmentData } from "../page/environment-data.ts";
import { writePage } from "../page/write.ts";
import { parseEnvironment } from "../platform/environment.ts";
import { discard, synthesize } from "../synthesis/synthesize.ts";
import { generatedEnvironment } from "./generated-environment.ts";

const ROUNDS = Number(process.argv[2] ?? 5);
const TODAY = "2026-01-01";
const SERVICES = 100;
/** Promised until the first paint that shows the page's contents, in milliseconds. */
const PROMISE = 1_000;
const CHROMIUM = "/usr/bin/chromium";
/** When the first text or drawing was painted, in milliseconds after the page was asked for. */
const FIRST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") resolve(startTime);
  }).observe({ type: "paint", buffered: true });
})`;

async function write(file: string): Promise<void> {
  const parsed = parseEnvironment("staging", generatedEnvironment(SERVICES), TODAY);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues, null, 2));
  const { environment } = parsed;
  const synthesis = await synthesize([environment]);
  try {
    const content = environmentData(environment, { findings: [], waived: [], resources: 0 }, TODAY, "");
    await writePage(file, environment.name, content, topology(synthesis.graph(environment)), true);
  } finally {
    discard(synthesis);
  }
}

async function firstPaint(file: string): Promise<number> {
  // The sandbox needs a user other than root, which containers run as.
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`file://${file}`);
    return await page.evaluate<number>(FIRST_PAINT);
  } finally {
    await browser.close();
  }
}

if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is missing: apt-get install chromium`);
const folder = mkdtempSync(path.join(os.tmpdir(), "bench-page-"));
try {
  const file = path.join(folder, "page.html");
  await write(file);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) best = Math.min(best, await firstPaint(file));
  const rows = [
    [`page of ${SERVICES} services`, "", ""],
    ["size", `${(statSync(file).size / 1_000_000).toFixed(2)} MB`, ""],
    [
      "first paint",
      `${Math.round(best)} ms`,
      `promise of ${PROMISE / 1000} s ${best < PROMISE ? "kept" : "NOT KEPT"}`,
    ],
  ];
  console.log(table(rows, "").join("\n"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
