import { expect, test } from "@jest/globals";
import { serviceAt } from "../../platform/edge/routes.ts";
import { platformPlan } from "../../platform/plan.ts";
import { environment, issues } from "../support/environments.ts";

test("everything has a safe default", () => {
  const { validation } = environment((draft) => {
    delete draft.validation;
  });
  expect(validation).toEqual({
    answerWithin: 10,
    requests: 20,
    certificateDays: 14,
    startupLookback: 3600,
    credentials: [],
    goldenPath: [],
    passShare: 0.8,
    preflight: true,
    watch: { duration: 1800, period: 60 },
  });
});

test("staging looks at what the incidents name", () => {
  const { validation } = environment();
  expect(validation.endpoints?.map(({ host, path }) => `${host}${path}`)).toEqual([
    "staging.netrasystems.ai/health",
    "staging.netrasystems.ai/health/infrastructure",
    "api-staging.netrasystems.ai/health",
  ]);
  expect(validation.webSocket?.events).toEqual([
    "agent_started",
    "agent_thinking",
    "tool_executing",
    "tool_completed",
    "agent_completed",
  ]);
});

test("a host that no service has is refused", () => {
  expect(issues((draft) => (draft.validation.goldenPath[0].host = "www.netrasystems.ai"))).toEqual([
    'validation.goldenPath.frontend.host is "www.netrasystems.ai": no service has this host; there are api-staging.netrasystems.ai, staging.netrasystems.ai. Fix: choose one of these hosts, or add it to the exposure of a service.',
  ]);
});

test("a WebSocket at a service that holds none is refused", () => {
  expect(issues((draft) => (draft.validation.webSocket.path = "/chat"))).toEqual([
    'validation.webSocket.path is "/chat": staging.netrasystems.ai/chat is routed to frontend, which has no WebSockets. Fix: choose a path of a service with webSockets: true, or set it for frontend.',
  ]);
});

test("a placeholder needs a credential or an earlier step", () => {
  expect(issues((draft) => (draft.validation.credentials = []))).toEqual([
    'validation.webSocket is {{VALIDATION_TOKEN}}: a placeholder is one of validation.credentials or kept by an earlier step: none is. Fix: add "VALIDATION_TOKEN" to validation.credentials, or keep it in an earlier step.',
  ]);
  expect(
    issues((draft) => {
      draft.validation.goldenPath[1].keep = { thread: "id" };
      draft.validation.goldenPath[2].path = "/threads/{{thread}}";
    }),
  ).toEqual([]);
  expect(
    issues((draft) => {
      draft.validation.goldenPath[2].keep = { thread: "id" };
      draft.validation.goldenPath[1].path = "/threads/{{thread}}";
    }),
  ).toHaveLength(1);
});

test("a watch has a second round", () => {
  expect(issues((draft) => (draft.validation.watch = { duration: 60, period: 120 }))).toEqual([
    "validation.watch.period is 120 s: the watch lasts 60 s, so that there is no second round. Fix: lower watch.period or raise watch.duration.",
  ]);
});

test.each([
  ["/health/infrastructure", "backend"],
  ["/ws", "backend"],
  ["/ws/chat?x=1", "backend"],
  ["/wsx", "frontend"],
  ["/health", "frontend"],
])("the load balancer sends %s to %s", (path, service) => {
  expect(serviceAt(platformPlan(environment()).hostPlan, "staging.netrasystems.ai", path)).toBe(service);
});

test("a host that nobody has leads nowhere", () => {
  expect(serviceAt(platformPlan(environment()).hostPlan, "other.example.com", "/")).toBeUndefined();
});
