import { type Block, isUnknown, type Value } from "../../../graph/index.ts";
import { holdsData, resourceTypes } from "../../../resources/index.ts";
import { enumerated } from "../../../values/enumerated.ts";
import { title } from "../../plan/title.ts";
import { labelOf } from "../deletions.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** Blocks whose old value the provider keeps after they are removed from the code, and the attribute that shows they are on. */
const KEPT_BY_PROVIDER: Readonly<Record<string, readonly { block: string; on: string; what: string }[]>> = {
  google_sql_database_instance: [
    { block: "settings.backup_configuration", on: "settings.backup_configuration.enabled", what: "backups" },
  ],
};

const deepest = 4;

export const droppedBlockHazards: readonly Hazard[] = [
  onUpdate({
    types: resourceTypes.filter(({ type }) => holdsData(type)).map(({ type }) => type),
    what: "a nested block removed from a resource that holds data",
    why: "Terraform shows an update; the block's settings are off or back at Google's default",
    find: (change) => {
      const gone = dropped(change.before, change.after);
      return gone.length === 0
        ? undefined
        : `${title(change, labelOf(change.type))} loses ${enumerated(gone)}: the settings in ${gone.length === 1 ? "it" : "them"} are switched off or back at Google's default.`;
    },
  }),
  {
    types: Object.keys(KEPT_BY_PROVIDER),
    action: "update",
    what: "a block of a database that is no longer configured, while Terraform shows no changes",
    why: "the provider keeps the old value silently, and a new database created from the same code has none",
    find: (change, context) => {
      if (change.action !== "none" && change.action !== "update") return undefined;
      const kept = (KEPT_BY_PROVIDER[change.type] ?? []).filter(
        ({ block, on }) =>
          change.before.boolean(on) === true &&
          change.after.boolean(on) === true &&
          context.writes(change, block) === false,
      );
      return kept.length === 0
        ? undefined
        : `${title(change, labelOf(change.type))}: ${enumerated(kept.map(({ block }) => block.replace(/^settings\./, "")))} is no longer configured, and Terraform shows no change: the provider keeps the old value silently, so ${enumerated(kept.map(({ what }) => what))} stay on only here, and a database recreated from this code has none. Write the block again with the intended value.`;
    },
  },
];

/** Paths of blocks that were there and are gone, dotted; blocks within a removed one are not repeated. */
function dropped(before: Block, after: Block): string[] {
  const found: string[] = [];
  const walk = (was: Value, now: Value | undefined, path: string, depth: number): void => {
    if (depth > deepest || isUnknown(now) || typeof was !== "object" || was === null || isUnknown(was))
      return;
    if (Array.isArray(was)) {
      if (was.length === 0 || !was.every(isBlock)) return;
      if (now === undefined || now === null || (Array.isArray(now) && now.length === 0)) found.push(path);
      else if (was.length === 1) walk(was[0], Array.isArray(now) ? now[0] : now, path, depth);
      return;
    }
    for (const [key, value] of Object.entries(was)) {
      const next =
        typeof now === "object" && now !== null ? (now as { readonly [key: string]: Value })[key] : undefined;
      walk(value, next, path === "" ? key : `${path}.${key}`, depth + 1);
    }
  };
  walk(before.values, after.values, "", 0);
  return found.filter((path) => !/(^|\.)timeouts$/.test(path));
}

function isBlock(value: Value): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);
}
