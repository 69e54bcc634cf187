import { clientCode } from "../../page/client-code.ts";
import { environmentData } from "../../page/environment-data.ts";
import { pageHtml } from "../../page/html.ts";
import { layOut } from "../../page/layout.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { topology } from "../../rules/topology/topology.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { TODAY } from "./environments.ts";
import { synthesisOf } from "./synthesized.ts";

/** The page of an environment as `npm start` writes it. */
export async function environmentPage(environment: Environment): Promise<string> {
  const synthesis = synthesisOf(environment);
  const { errors, warnings, unknown, waived, resources } = evaluate(environment, synthesis, TODAY);
  const findings = [...errors, ...warnings, ...unknown];
  const data = {
    ...environmentData(environment, { findings, waived, resources }, TODAY),
    picture: await layOut(topology(synthesis.graph(environment))),
  };
  return pageHtml(environment.name, data, await clientCode(), "0");
}
