import { isNearMiss, nearestTo } from "../../values/nearest.ts";
import { type Json, listOf, objectOf, own } from "../json.ts";
import type { Rejection } from "../rejection.ts";
import type { ModuleSource } from "./module-source.ts";

/** A block of a module that says where the object of an address comes from or goes to. */
export interface Relocation {
  readonly kind: "import" | "moved" | "removed";
  readonly body: Json;
  readonly origin: string;
}

/** A key of an instance: `["a"]`, `[0]`, `[each.key]`. */
const KEY = /\[(?:"(?:[^"\\]|\\.)*"|[^\]"])*\]/g;

/**
 * What Terraform rejects of the blocks `import`, `moved` and `removed`. An object is imported into what is
 * declared; what was moved or removed no longer is.
 * https://developer.hashicorp.com/terraform/language/modules/develop/refactoring
 */
export function relocationIssues(source: ModuleSource): Rejection[] {
  return source.relocations.flatMap(({ kind, body, origin }) => {
    const from = addressOf(own(body, "from"));
    const to = addressOf(own(body, "to"));
    if (kind === "import")
      return to === undefined || isDeclared(source, to) !== false ? [] : [importIssue(source, to, origin)];
    if (kind === "moved" && to !== undefined && isDeclared(source, to) === false) {
      const near = nearestDeclared(source, to);
      const isMovedOn = source.relocations.some(({ body: other }) => addressOf(own(other, "from")) === to);
      if (near !== undefined && isNearMiss(to, near) && !isMovedOn)
        return [
          {
            address: to,
            origin,
            message: `moved has to = ${to}, of which nothing is declared; fails at run time: Terraform destroys what was at ${from}, and creates ${near} next to it.`,
            fix: `Did you mean ${near}?`,
          },
        ];
    }
    if (from === undefined || from !== from.replace(KEY, "") || isDeclared(source, from) !== true) return [];
    if (kind === "removed")
      return [
        {
          address: from,
          origin,
          message: `removed has from = ${from}, which is still declared; rejected at plan: what was removed is declared no longer.`,
          fix: "Remove its block, or this one.",
        },
      ];
    // From one instance to several, or the other way round, the resource stays.
    if (to === undefined || to.replace(KEY, "") === from || isRepeated(source, from)) return [];
    return [
      {
        address: from,
        origin,
        message: `moved has from = ${from} and to = ${to}, and ${from} is still declared; rejected at plan: an object is moved once nothing is at its old address.`,
        fix: `Remove or rename the block of ${from}.`,
      },
    ];
  });
}

function importIssue(source: ModuleSource, to: string, origin: string): Rejection {
  const near = nearestDeclared(source, to);
  const fix = near === undefined ? `Declare ${to}.` : `Did you mean ${near}?`;
  return {
    address: to,
    origin,
    message: `import has to = ${to}, of which nothing is declared; rejected at plan: an object is imported into a resource that is declared.`,
    fix,
  };
}

/** The declared resource of the same type whose name is the nearest. */
function nearestDeclared(source: ModuleSource, to: string): string | undefined {
  const type = /^(.*)\.[^.]*$/.exec(to.replace(KEY, ""))?.[1];
  const declared = source.resources
    .filter((resource) => resource.mode === "managed" && resource.type === type)
    .map((resource) => `${resource.type}.${resource.name}`);
  return nearestTo(to, declared, (address) => address);
}

/** HCL is read as templates ("${google_sql_database.orders}"); JSON has the bare address. */
function addressOf(written: unknown): string | undefined {
  if (typeof written !== "string") return undefined;
  const address = written.replace(/^\$\{([\s\S]*)\}$/, "$1").trim();
  return /^[\w-]+(\.|\[)/.test(address) ? address : undefined;
}

/** Undefined where a module on the way was not read. */
function isDeclared(source: ModuleSource, address: string): boolean | undefined {
  const [first = "", second = "", ...rest] = address.replace(KEY, "").split(".");
  if (first === "module") {
    if (!source.calls.has(second)) return false;
    if (rest.length === 0) return true;
    const child = source.children.get(second);
    return child === undefined || typeof child === "string" ? undefined : isDeclared(child, rest.join("."));
  }
  if (first === "data" || second === "" || rest.length > 0) return undefined;
  return source.resources.some(
    ({ mode, type, name }) => mode === "managed" && type === first && name === second,
  );
}

/** Whether it, or a module on the way to it, has several instances or may have none. */
function isRepeated(source: ModuleSource, address: string): boolean {
  const [first = "", second = "", ...rest] = address.split(".");
  const body =
    first === "module"
      ? source.calls.get(second)
      : source.resources.find(({ type, name }) => type === first && name === second)?.body;
  const [lifecycle] = listOf(own(objectOf(body), "lifecycle"));
  const isOne = ["count", "for_each"].every((each) => own(objectOf(body), each) === undefined);
  if (!isOne || own(objectOf(lifecycle), "enabled") !== undefined) return true;
  const child = source.children.get(second);
  return first === "module" && typeof child === "object" && rest.length > 0
    ? isRepeated(child, rest.join("."))
    : false;
}
