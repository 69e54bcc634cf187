import type { Rule } from "../rule.ts";
import { choices } from "./choices.ts";
import { nameReused } from "./name-reused.ts";
import { nameTaken } from "./name-taken.ts";
import { protectedRemoval } from "./protected-removal.ts";
import { protection } from "./protection.ts";
import { redisConfigs } from "./redis-configs.ts";
import { redisMaintenance } from "./redis-maintenance.ts";
import { redisShape } from "./redis-shape.ts";
import { replacement } from "./replacement.ts";
import { restart } from "./restart.ts";
import { sqlBackups } from "./sql-backups.ts";
import { sqlClients } from "./sql-clients.ts";
import { sqlCreate } from "./sql-create.ts";
import { sqlDisk } from "./sql-disk.ts";
import { sqlFlags } from "./sql-flags.ts";
import { sqlInsights } from "./sql-insights.ts";
import { sqlMaintenance } from "./sql-maintenance.ts";
import { sqlNames } from "./sql-names.ts";
import { sqlNetwork } from "./sql-network.ts";
import { sqlPlus } from "./sql-plus.ts";
import { sqlTier } from "./sql-tier.ts";
import { sqlUser } from "./sql-user.ts";
import { sqlVersion } from "./sql-version.ts";

/** Databases and caches are of a kind that exists, keep what is in them, and let their clients in. */
export const dataRules: readonly Rule[] = [
  choices,
  nameReused,
  nameTaken,
  protectedRemoval,
  protection,
  redisConfigs,
  redisMaintenance,
  redisShape,
  replacement,
  restart,
  sqlBackups,
  sqlClients,
  sqlCreate,
  sqlDisk,
  sqlFlags,
  sqlInsights,
  sqlMaintenance,
  sqlNames,
  sqlNetwork,
  sqlPlus,
  sqlTier,
  sqlUser,
  sqlVersion,
];
