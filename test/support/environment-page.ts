import { readFileSync } from "node:fs";
import { topology } from "../../analysis/topology/topology.ts";
import { environmentData } from "../../page/environment-data.ts";
import type { Drawing } from "../../page/layout.ts";
import { pageText } from "../../page/write.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { environment, TODAY } from "./environments.ts";
import { synthesisOf } from "./synthesized.ts";

/** Synthesized once for all pages. */
const staging = environment();

/** The topology of staging. */
export function stagingDrawing(): Drawing {
  return drawingOf(staging);
}

function drawingOf(environment: Environment): Drawing {
  return topology(synthesisOf(environment).graph(environment));
}

/** The page of staging as `npm start` writes it. */
export function stagingPage(): Promise<string> {
  return pageOf(staging, readFileSync("test/fixtures/environments/staging.ts", "utf8"));
}

/**
 * The page of an environment as `npm start` writes it.
 *
 * @param source the text of its file @default none
 */
export function pageOf(environment: Environment, source = ""): Promise<string> {
  const { errors, warnings, unknown, ...rest } = evaluate(environment, synthesisOf(environment), TODAY);
  const findings = { findings: [...errors, ...warnings, ...unknown], ...rest };
  return pageText(
    environment.name,
    environmentData(environment, findings, TODAY, source),
    drawingOf(environment),
  );
}
