import type { Attributes } from "./attributes.ts";
import { resourceType } from "./catalogue.ts";

/** Why a change in place restarts a resource of the type: "tier db-custom-2-7680 to db-custom-4-15360". */
export function restartReasons(type: string, before: Attributes, after: Attributes): string[] {
  const { attributes = [], flags = [], switchedOn = {} } = resourceType(type)?.restartedBy ?? {};
  const settings = attributes.flatMap((path) => {
    if (after.isUnknown(path)) return [];
    const [was, now] = [textAt(before, path), textAt(after, path)];
    return was === now ? [] : [`${path.replace(/^settings\./, "")} ${was} to ${now}`];
  });
  const changedFlags = flags.flatMap((name) => {
    const [was, now] = [flagText(before, name), flagText(after, name)];
    return was === now || now === undefined ? [] : [`${name} ${was} to ${now}`];
  });
  const switches = Object.entries(switchedOn).flatMap(([path, what]) =>
    before.boolean(path) !== true && after.boolean(path) === true ? [`${what} being switched on`] : [],
  );
  return [...settings, ...changedFlags, ...switches];
}

const NOT_SET = "not set";

function textAt(attributes: Attributes, path: string): string {
  const text = attributes.string(path);
  return text === undefined || text === "" ? NOT_SET : text;
}

/** The value of a database flag in words; undefined where it is known only after the apply. */
function flagText(attributes: Attributes, name: string): string | undefined {
  const flag = attributes.blocks("settings.database_flags").find((each) => each.string("name") === name);
  if (flag === undefined) return NOT_SET;
  return flag.isUnknown("value") ? undefined : textAt(flag, "value");
}
