import { writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { imageByDigest } from "../platform/schema/image.ts";
import { unwritable } from "../platform/unwritable.ts";
import { UserError } from "../platform/user-error.ts";
import { enumerated } from "../values/enumerated.ts";
import { suggestion } from "../values/nearest.ts";
import { exitCodesOf, oneEnvironment, runCommand } from "./command.ts";
import { environmentsFolder } from "./project.ts";
import { imagePlace } from "./set-image/image-place.ts";
import { imagesOf } from "./set-image/images.ts";

export const program = exitCodesOf(new Command("set-image"))
  .description(
    "Writes the image of a service, a job, a worker pool or the preflight into environments/<environment>.ts, or into the file that it has it from.",
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

async function setImage(environment: string, name: string, image: string): Promise<void> {
  const { error } = imageByDigest.safeParse(image);
  if (error !== undefined) {
    const { allowed, fix } = error.issues[0]?.code === "custom" ? (error.issues[0].params ?? {}) : {};
    throw new UserError(`The image is "${image}": ${allowed}. Fix: ${fix}.`);
  }
  const shown = `environments/${environment}.ts`;
  const images = imagesOf(await oneEnvironment(environment));
  const present = images.get(name);
  if (present === undefined)
    throw new UserError(
      `${shown} has no service, job or worker pool "${name}": ${suggestion(name, [...images.keys()], "none is declared")}`,
    );
  if (present === image) {
    console.log(`${shown} has this image of ${name} already.`);
    return;
  }
  const folder = environmentsFolder();
  const place = await imagePlace(folder, environment, name, { present, wanted: image });
  if (place === undefined)
    throw new UserError(
      `${shown} does not contain the image of ${name}, "${present}", as one text of its entry or of what the entry takes it from in environments/: write the new one by hand.`,
    );
  const file = `environments/${path.relative(folder, place.file)}`;
  if (place.isOfOthers)
    throw new UserError(
      `${file}, line ${place.line}, has the image of ${name}, and makes another image of ${enumerated(place.also)}, which would get this digest as well: write the image of ${name} by hand.`,
    );
  try {
    writeFileSync(place.file, place.changed);
  } catch (error) {
    throw unwritable(`file ${file}`, error, "fix its permissions");
  }
  console.log(`written  image of ${name} in ${file}, line ${place.line}`);
  for (const also of place.also) console.log(`  the same place is the image of ${also}`);
  console.log(`\nNext: npm run review -- ${environment}`);
}
