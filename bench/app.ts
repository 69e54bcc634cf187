/**
 * One synth, as a process of its own so that its time and memory can be measured.
 *
 *     node bench/app.ts <number of services> <verified|unverified> <output folder>
 *
 * "unverified" neither loads nor runs the rules: environment, stacks, JSON.
 */
import { parseEnvironment } from "../platform/environment.ts";
import { generatedEnvironment } from "./generated-environment.ts";

const TODAY = "2026-01-01";

async function main([services = "3", mode = "verified", output = "cdktf.out"]: string[]): Promise<void> {
  const parsed = parseEnvironment("staging", generatedEnvironment(Number(services)), TODAY);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues, null, 2));
  if (mode === "unverified") {
    const { platformApp } = await import("../stacks/platform-app.ts");
    platformApp([parsed.environment], output).synth();
    return;
  }
  const { discard, synthesize } = await import("../synthesis/synthesize.ts");
  const { evaluate } = await import("../synthesis/evaluate.ts");
  const { publish } = await import("../synthesis/publish.ts");
  const synthesis = await synthesize([parsed.environment]);
  const { errors } = evaluate(parsed.environment, synthesis, TODAY);
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  publish(synthesis.folder, output, () => true);
  discard(synthesis);
}

void main(process.argv.slice(2));
