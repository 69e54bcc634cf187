import type { Rule } from "../rule.ts";
import { accountId } from "./account-id.ts";
import { authoritative } from "./authoritative.ts";
import { githubCondition } from "./github-condition.ts";
import { githubMapping } from "./github-mapping.ts";
import { githubMembers } from "./github-members.ts";
import { githubNames } from "./github-names.ts";
import { githubWildcard } from "./github-wildcard.ts";
import { leastPrivilege } from "./least-privilege.ts";
import { memberForm } from "./member-form.ts";
import { openDatabase } from "./open-database.ts";
import { plainSecret } from "./plain-secret.ts";
import { publicPrincipal } from "./public-principal.ts";
import { redisAuth } from "./redis-auth.ts";
import { roleName } from "./role-name.ts";
import { secretAccess } from "./secret-access.ts";
import { secretShape } from "./secret-shape.ts";
import { secretVersion } from "./secret-version.ts";
import { sqlClient } from "./sql-client.ts";

/** Who may do what, and where secrets are kept. */
export const identityRules: readonly Rule[] = [
  secretAccess,
  secretVersion,
  secretShape,
  plainSecret,
  sqlClient,
  redisAuth,
  publicPrincipal,
  openDatabase,
  authoritative,
  memberForm,
  roleName,
  accountId,
  leastPrivilege,
  githubCondition,
  githubMapping,
  githubNames,
  githubWildcard,
  githubMembers,
];
