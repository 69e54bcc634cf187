import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { type Environment, workloads } from "../platform/schema/environment.ts";
import { imageByDigest } from "../platform/schema/image.ts";
import { unwritable } from "../platform/unwritable.ts";
import { UserError } from "../platform/user-error.ts";
import { suggestion } from "../values/nearest.ts";
import { exitCodesOf, oneEnvironment, runCommand } from "./command.ts";
import { project } from "./project.ts";

export const program = exitCodesOf(new Command("set-image"))
  .description(
    "Writes the image of a service, a job, a worker pool or the preflight into environments/<environment>.ts.",
  )
  .argument("<environment>", "name of the environment")
  .argument("<name>", 'name of a service, a job or a worker pool, "NAME.SIDECAR", or "preflight"')
  .argument("<image>", "image by digest: REPOSITORY/NAME@sha256:DIGEST")
  .addHelpText("after", "\nExit codes: 0 written, or there already; 2 not written, or usage error.")
  .action((environment: string, name: string, image: string) =>
    runCommand(async () => {
      await setImage(environment, name, image);
      return 0;
    }),
  );

async function setImage(environmentName: string, name: string, image: string): Promise<void> {
  const { error } = imageByDigest.safeParse(image);
  if (error !== undefined) {
    const { allowed, fix } = error.issues[0]?.code === "custom" ? (error.issues[0].params ?? {}) : {};
    throw new UserError(`The image is "${image}": ${allowed}. Fix: ${fix}.`);
  }
  const present = imageOf(await oneEnvironment(environmentName), name);
  const shown = `environments/${environmentName}.ts`;
  if (present === image) {
    console.log(`${shown} has this image of ${name} already.`);
    return;
  }
  const file = path.join(project().folder, shown);
  const entry = name.slice(name.indexOf(".") + 1);
  const changed = replaced(readFileSync(file, "utf8"), entry, present, image);
  if (changed === undefined)
    throw new UserError(
      `${shown} does not contain the image of ${name}, "${present}", as one text of its entry: write the new one by hand.`,
    );
  try {
    writeFileSync(file, changed);
  } catch (error) {
    throw unwritable(`file ${shown}`, error, "fix its permissions");
  }
  console.log(`written  image of ${name} in ${shown}\n\nNext: npm run review -- ${environmentName}`);
}

function imageOf(environment: Environment, wanted: string): string {
  const { name, preflight } = environment;
  const images = new Map([
    ...workloads(environment).flatMap((workload) => [
      [workload.name, workload.image] as const,
      ...(workload.sidecars ?? []).map(
        (sidecar) => [`${workload.name}.${sidecar.name}`, sidecar.image] as const,
      ),
    ]),
    ...(preflight === undefined ? [] : [["preflight", preflight.image] as const]),
  ]);
  const found = images.get(wanted);
  if (found !== undefined) return found;
  throw new UserError(
    `environments/${name}.ts has no service, job or worker pool "${wanted}": ${suggestion(wanted, [...images.keys()], "none is declared")}`,
  );
}

/**
 * The text with another image. Where several entries have the same one, it is that of the entry whose name comes before it;
 * undefined where it cannot be told.
 */
function replaced(text: string, name: string, present: string, image: string): string | undefined {
  const quoted = `"${present}"`;
  const places: number[] = [];
  for (let at = text.indexOf(quoted); at >= 0; at = text.indexOf(quoted, at + 1)) places.push(at);
  const own = places.length === 1 ? places : places.filter((place) => entryAt(text, place) === name);
  const [place] = own;
  if (place === undefined || own.length > 1) return undefined;
  return `${text.slice(0, place + 1)}${image}${text.slice(place + 1 + present.length)}`;
}

/** The name that is written last before a place. */
const entryAt = (text: string, place: number): string | undefined =>
  [...text.slice(0, place).matchAll(/\bname: "([^"]*)"|\b(preflight): \{/g)].at(-1)?.slice(1).find(Boolean);
