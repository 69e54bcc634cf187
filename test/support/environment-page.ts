import { readFileSync } from "node:fs";
import { environmentData } from "../../page/environment-data.ts";
import type { Drawing } from "../../page/layout.ts";
import { pageText } from "../../page/write.ts";
import { topology } from "../../rules/topology/topology.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { environment, TODAY } from "./environments.ts";
import { synthesisOf } from "./synthesized.ts";

/** Synthesized once for all pages. */
const staging = environment();

/** The topology of staging. */
export function stagingDrawing(): Drawing {
  return topology(synthesisOf(staging).graph(staging));
}

/** The page of staging as `npm start` writes it. */
export function stagingPage(): Promise<string> {
  const { errors, warnings, unknown, ...rest } = evaluate(staging, synthesisOf(staging), TODAY);
  const findings = { findings: [...errors, ...warnings, ...unknown], ...rest };
  const source = readFileSync("test/fixtures/environments/staging.ts", "utf8");
  return pageText(staging.name, environmentData(staging, findings, TODAY, source), stagingDrawing());
}
