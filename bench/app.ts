/**
 * One synth, as a process of its own so that its time and memory can be measured.
 *
 *     node bench/app.ts <number of services> <verified|unverified> <output folder>
 */

import { prove } from "../commands/synth/prove.ts";
import { publish } from "../commands/synth/publish.ts";
import { discard, synthesize } from "../commands/synth/synthesize.ts";
import { parseEnvironment } from "../platform/environment.ts";
import { generatedEnvironment } from "./generated-environment.ts";

const [services = "3", mode = "verified", output = "cdktf.out"] = process.argv.slice(2);
const parsed = parseEnvironment("staging", generatedEnvironment(Number(services)), "2026-01-01");
if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistakes, null, 2));
const synthesis = synthesize([parsed.environment]);
if (mode === "verified") {
  const { errors } = prove(parsed.environment, synthesis, "2026-01-01");
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
}
publish(synthesis.folder, output);
discard(synthesis);
