import type { Rule } from "../rule.ts";
import { callChain } from "./call-chain.ts";
import { connectorPressure } from "./connector-pressure.ts";
import { databaseDeadlines } from "./database-deadlines.ts";
import { deliveryDeadline } from "./delivery-deadline.ts";
import { drift } from "./drift.ts";
import { functionTimeout } from "./function-timeout.ts";
import { healthCheck } from "./health-check.ts";
import { poolIdle } from "./pool-idle.ts";
import { probeBounds } from "./probe-bounds.ts";
import { probeKind } from "./probe-kind.ts";
import { requestTimeoutRule } from "./request-timeout.ts";
import { shutdownGrace } from "./shutdown-grace.ts";
import { startupWindow } from "./startup-window.ts";

/** Every deadline is shorter than the one that waits for it, and within what the platform takes. */
export const timeRules: readonly Rule[] = [
  callChain,
  connectorPressure,
  databaseDeadlines,
  deliveryDeadline,
  drift,
  functionTimeout,
  healthCheck,
  poolIdle,
  probeBounds,
  probeKind,
  requestTimeoutRule,
  shutdownGrace,
  startupWindow,
];
