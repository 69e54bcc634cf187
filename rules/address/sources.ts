import { connectorLimits, poisonousRanges, redisLimits, vpcLimits } from "../../resources/limits.ts";

/** Pages that several rules of the family rest on. */
export const SUBNETS = vpcLimits.subnetPrefix.source;
export const PRIVATE_SERVICES = vpcLimits.privateServicesPrefix.source;
export const CONNECTOR = connectorLimits.prefix.source;
export const REDIS_NETWORKING = redisLimits.reservedPrefix.source;
export const SQL_PRIVATE_IP = poisonousRanges.source;
