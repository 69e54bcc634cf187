import { clientCode } from "../../page/client-code.ts";
import { type EnvironmentFindings, environmentData } from "../../page/environment-data.ts";
import { pageHtml } from "../../page/html.ts";
import { layOut } from "../../page/layout.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { topology } from "../../rules/topology/topology.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { TODAY } from "./environments.ts";
import { synthesisOf } from "./synthesized.ts";

/**
 * The page of an environment as `npm start` writes it.
 *
 * @param findings what the rules report @default what they find
 */
export async function environmentPage(
  environment: Environment,
  findings: EnvironmentFindings = found(environment),
): Promise<string> {
  const synthesis = synthesisOf(environment);
  const data = {
    ...environmentData(environment, findings, TODAY),
    picture: await layOut(topology(synthesis.graph(environment))),
  };
  return pageHtml(environment.name, data, await clientCode(), "0");
}

function found(environment: Environment): EnvironmentFindings {
  const { errors, warnings, unknown, waived, resources } = evaluate(
    environment,
    synthesisOf(environment),
    TODAY,
  );
  return { findings: [...errors, ...warnings, ...unknown], waived, resources };
}
