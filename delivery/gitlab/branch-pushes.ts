import { z } from "zod";
import { described } from "../described.ts";
import type { Gitlab } from "./api.ts";

/** https://docs.gitlab.com/api/protected_branches/ */
const protectionSchema = z.object({
  /** A branch, or a pattern in which `*` stands for any text. */
  name: z.string(),
  push_access_levels: z
    .array(
      z.object({
        access_level: z.int().nullish(),
        access_level_description: z.string().nullish(),
        deploy_key_id: z.int().nullish(),
        user_id: z.int().nullish(),
        group_id: z.int().nullish(),
      }),
    )
    .optional(),
  allow_force_push: z.boolean().optional(),
});

type PushAccess = NonNullable<z.output<typeof protectionSchema>["push_access_levels"]>[number];

/**
 * Who may write the branch past a merge request, one sentence each; empty where nobody does. Of several protections that
 * match a branch, GitLab applies the most permissive one.
 *
 * @throws UserError where GitLab rejects the request, stays unavailable, or answers in another shape than documented
 */
export async function branchPushIssues(gitlab: Gitlab, branch: string): Promise<string[]> {
  const protections = (await gitlab.list("/protected_branches"))
    .map((found) => described("GitLab", protectionSchema, found, "a protected branch"))
    .filter(({ name }) => patternOf(name).test(branch));
  const pushers = protections
    .flatMap(({ push_access_levels: levels = [] }) => levels)
    .flatMap((access) => nameOf(access) ?? []);
  return [
    ...(pushers.length === 0
      ? []
      : [
          `the branch ${branch} takes pushes of ${[...new Set(pushers)].join(", ")}: what is pushed has no merge request in which somebody reviews it; set "Allowed to push and merge" to "No one"`,
        ]),
    ...(protections.some(({ allow_force_push: isAllowed }) => isAllowed === true)
      ? [`the branch ${branch} may be rewritten: switch off "Allowed to force push"`]
      : []),
  ];
}

const patternOf = (name: string): RegExp =>
  new RegExp(`^${name.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);

/** Who has an access; undefined for "No one". */
function nameOf(access: PushAccess): string | undefined {
  const { access_level: level, access_level_description: description } = access;
  const { deploy_key_id: key, user_id: user, group_id: group } = access;
  const owner = [
    ["deploy key", key],
    ["user", user],
    ["group", group],
  ].find(([, id]) => id !== undefined && id !== null);
  if (owner !== undefined) return owner.join(" ");
  return level === 0 ? undefined : (description ?? `the access level ${level}`);
}
