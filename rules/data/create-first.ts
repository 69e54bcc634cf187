import type { Resource } from "../../graph/index.ts";
import { factsOf } from "../../resources/facts/index.ts";
import { resourceType } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";

/** Types of which a second one of the name takes the place of the first, instead of a conflict. */
const UPSERTED =
  /^google_(sql_user|storage_bucket_object|project_service|dns_record_set|secret_manager_secret_version|compute_project_metadata\w*|compute_shared_vpc_\w+|\w+_iam_\w+)$/;

/** What a plan creates next to the old one, under its name. */
export const createFirst: Rule = {
  id: "data/create-first",
  why: "With create_before_destroy the old resource is still there when the new one is created: where both have one name, the API refuses the new one.",
  limit: "a resource that is replaced create-first gets another name, or another region or zone",
  fix: "Give the new one another name, for example with a suffix of what forces the replacement (random_id with keepers).",
  source: "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#create_before_destroy",
  *check(graph) {
    for (const resource of graph.all()) {
      if (resource.change?.actions.join() !== "create,delete") continue;
      const name = sameName(resource);
      if (name !== undefined)
        yield {
          resource,
          message: `the plan creates the new one before it deletes the old one, and both have the ${name}; rejected by the API (409): it exists already.`,
        };
    }
  },
};

/** The name, where that and everything within which it is unique stay as they are. */
function sameName({ type, change }: Resource): string | undefined {
  const facts = factsOf(type);
  if (facts === undefined || UPSERTED.test(type)) return undefined;
  const { nameAttribute: attribute = "name" } = resourceType(type) ?? {};
  if (attribute === null || facts.of(attribute).newest?.required !== true) return undefined;
  const [before, after] = [change?.before, change?.after];
  const name = after?.string(attribute) ?? "";
  const isForced = (path: string) => change?.replacePaths.some((forced) => forced.split(".")[0] === path);
  // What the provider fills in is known after the apply, and stays as long as it is not what forces the replacement.
  const isSame = [attribute, ...facts.scope].every((path) =>
    after?.isUnknown(path) === true
      ? facts.of(path).newest?.computed === true && isForced(path) !== true
      : before?.string(path) === after?.string(path),
  );
  return name !== "" && isSame ? `${attribute} "${name}"` : undefined;
}
