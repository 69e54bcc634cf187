import { cloudSqlLimits, redisLimits } from "../../platform/limits.ts";

/** Pages that several rules of the family rest on. */
export const SQL_SETTINGS = cloudSqlLimits.customMemoryLow.source;
export const SQL_BACKUPS = cloudSqlLimits.logRetentionHigh.source;
export const REDIS_TIERS = redisLimits.memoryHigh.source;
export const REDIS_REFERENCE = redisLimits.nameLength.source;
export const REDIS_CONFIGS = redisLimits.idleTimeoutLow.source;
