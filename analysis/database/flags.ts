import { type Block, isUnknown, type Unknown, type Value } from "../../graph/index.ts";

/** The database flags of an instance that are known by name. */
export function flags(instance: Block): readonly Block[] {
  return instance.blocks("settings.database_flags");
}

/** The number of a flag: undefined where it is not set, Unknown where it may be. */
export function flagOf(instance: Block, name: string): number | Unknown | undefined {
  const written = instance.get("settings.database_flags");
  if (isUnknown(written)) return written;
  const list: readonly Value[] = Array.isArray(written) ? written : [];
  const unknown = list.find((item) => isUnknown(item));
  const flag = flags(instance).find((block) => block.string("name") === name);
  if (flag === undefined) {
    const nameless = flags(instance)
      .find((block) => isUnknown(block.get("name")))
      ?.get("name");
    const hidden = unknown ?? nameless;
    return isUnknown(hidden) ? hidden : undefined;
  }
  const value = flag.get("value");
  return isUnknown(value) ? value : flag.number("value");
}
