import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../mesh/manifest.ts";
import { findDrift } from "../../review/drift/find-drift.ts";
import type { Review } from "../../review/review.ts";
import { reviewPlans } from "../../review/review-plans.ts";
import { type Draft, meshEnvironment, TODAY } from "../support/environments.ts";
import { applied, type MeshChange, meshPlan, objectsOf } from "../support/mesh-plan.ts";
import type { Json } from "../support/synthesized.ts";
import { change, planOf } from "./support.ts";

const GATEWAY = "Gateway-meta-studio-ad-studio-app-spa-gateway";
const ROUTES = "VirtualService-ad-studio-app-us-central1-meta-studio-com";
const POLICY = "NetworkPolicy-api-server-ingress";
const HOST = "ad-studio-app.us-central1.meta-studio.com";

function reviewed(plan: Json, edit: MeshChange = () => {}): Review {
  const stacks = [{ name: "meta-mesh", plan }];
  return reviewPlans({ environment: meshEnvironment(edit), stacks, today: TODAY });
}

const nothing: MeshChange = () => {};
const changed = (after: MeshChange, before: MeshChange = nothing): Review =>
  reviewed(meshPlan(objectsOf(before), objectsOf(after)));

/** After the change, an object as a person may have edited it. */
function edited(name: string, edit: (object: Draft) => void): Review {
  const after = objectsOf(nothing);
  const copy = structuredClone(after.get(name));
  if (copy === undefined) throw new Error(`there is no ${name}`);
  edit(copy);
  return reviewed(meshPlan(objectsOf(nothing), new Map([...after, [name, copy]])));
}

const messages = (review: Review, name: string): readonly string[] =>
  review.stacks[0]?.changes.find(({ address }) => address === `kubernetes_manifest.${name}`)?.impact ?? [];
const consequences = ({ destructive }: Review): string[] =>
  destructive.flatMap((each) => each.consequences.map((loss) => `${each.action}: ${loss}`));

describe("a mesh that nothing changes, and one that is made", () => {
  test("a plan without changes is safe", () => {
    const review = changed(nothing);
    expect(review.verdict).toBe("safe");
    expect(review.stacks[0]).toMatchObject({ changes: [], unchanged: 6 });
  });

  test("each object says what it is there for", () => {
    const review = reviewed(meshPlan(new Map(), objectsOf(nothing)));
    expect(review.verdict).toBe("safe");
    expect(review.budgets).toEqual([]);
    expect(review.topology).toEqual({ added: [], removed: [] });
    expect(messages(review, GATEWAY)).toEqual([
      `Gateway meta-studio-ad-studio-app-spa-gateway is created: it redirects ${HOST} on HTTP 80 to HTTPS; serves ${HOST} on HTTPS 443 with the certificate in Secret ad-studio-app-tls.`,
    ]);
    expect(messages(review, ROUTES)).toEqual([
      `VirtualService ad-studio-app-us-central1-meta-studio-com is created for ${HOST}: /api and /api/* goes to api-server.meta-studio:80; everything else goes to meta-verse-visualizer-main.meta-studio:80.`,
    ]);
    expect(messages(review, POLICY)[0]).toContain(
      'only the sources it names can reach the pods {"app":"api-server"}',
    );
  });
});

describe("changes in place", () => {
  test("another certificate must be there", () => {
    const review = changed((draft) => {
      draft.mesh.hosts[0].tls.secret = "other-tls";
    });
    expect(review.verdict).toBe("safe");
    expect(messages(review, GATEWAY)).toEqual([
      `${HOST} is served with the certificate in Secret other-tls instead of ad-studio-app-tls: it must exist and cover the host, or browsers reject the connection.`,
    ]);
  });

  test("routes say where requests go, how long they may take and in which order", () => {
    const moved = changed((draft) => {
      draft.mesh.hosts[0].routes[0].service = "meta-verse-visualizer-main";
      draft.mesh.hosts[0].routes[0].retries = 0;
    });
    const where = "VirtualService ad-studio-app-us-central1-meta-studio-com: /api and /api/*";
    expect(messages(moved, ROUTES)).toEqual([
      `${where} goes to meta-verse-visualizer-main.meta-studio:80 instead of api-server.meta-studio:80.`,
      `${where} has a timeout of 15s instead of 45s.`,
      `${where} has a retry limit of 0 instead of 2.`,
    ]);
    const [added] = messages(
      changed((draft) => {
        draft.mesh.hosts[0].routes.unshift({ name: "v2", prefix: "/v2", service: "api-server" });
      }),
      ROUTES,
    );
    expect(added).toContain("/v2 and /v2/* goes to api-server.meta-studio:80 from now on");
    const turned = edited(ROUTES, (object) => object.spec.http.reverse());
    expect(messages(turned, ROUTES)).toEqual([
      "VirtualService ad-studio-app-us-central1-meta-studio-com: its routes have another order, and the first match takes a request.",
    ]);
    expect(turned.verdict).toBe("refused");
    expect(turned.findings.map(({ rule }) => rule)).toContain("mesh/route-order");
  });

  test("what has no meaning of its own is told by its path, once", () => {
    const review = changed((draft) => {
      draft.deadlines = { connect: 7 };
    });
    expect(messages(review, "DestinationRule-api-server")).toEqual([
      "DestinationRule api-server changes spec.trafficPolicy.connectionPool.tcp.connectTimeout in place.",
    ]);
  });
});

describe("what a change in place destroys all the same", () => {
  const second: MeshChange = (draft) => {
    const routes = [{ name: "app", service: "api-server" }];
    draft.mesh.hosts.push({ host: "b.meta-studio.com", tls: { secret: "b-tls" }, routes });
  };

  test("a host taken from the gateway, with its routes", () => {
    const review = changed(nothing, second);
    expect(review.verdict).toBe("needs acknowledgement");
    expect(consequences(review)).toEqual([
      "update: Gateway meta-studio-ad-studio-app-spa-gateway no longer serves b.meta-studio.com: requests to it are no longer served.",
      "destroy: VirtualService b-meta-studio-com is DESTROYED because it is no longer in the code: requests for b.meta-studio.com get 404.",
    ]);
  });

  test.each<[string, string, (object: Draft) => void, string]>([
    ["HTTPS", GATEWAY, ({ spec }) => spec.servers.pop(), `no longer serves HTTPS for ${HOST}`],
    ["the redirect", GATEWAY, ({ spec }) => delete spec.servers[0].tls, `serves ${HOST} over HTTP without`],
    ["the pods", GATEWAY, ({ spec }) => (spec.selector = { istio: "other" }), "selects other pods"],
    [
      "a gateway",
      ROUTES,
      ({ spec }) => (spec.gateways = ["b"]),
      "no longer routes for gateway meta-studio-ad",
    ],
    ["a route", ROUTES, ({ spec }) => spec.http.shift(), "no longer has a route for /api and /api/*"],
    ["everybody", POLICY, ({ spec }) => delete spec.ingress[0].from, "admits all sources: blocked clients"],
    ["other pods", POLICY, ({ spec }) => (spec.podSelector = {}), "selects other pods, {} instead of"],
  ])("%s", (_, name, edit, expected) => {
    const [loss, ...others] = consequences(edited(name, edit));
    expect(loss).toContain(expected);
    expect(others).toEqual([]);
  });

  test("an acknowledgement covers it", () => {
    const acknowledged: MeshChange = (draft) => {
      const address = `kubernetes_manifest.${ROUTES}`;
      draft.acknowledgements = [
        { address, action: "destroy", reason: "The host moves away", expires: TODAY },
      ];
    };
    const to = objectsOf(nothing);
    to.delete(ROUTES);
    const plan = meshPlan(objectsOf(nothing), to);
    expect(reviewed(plan).verdict).toBe("needs acknowledgement");
    expect(reviewed(plan, acknowledged).destructive[0]?.acknowledgement).toMatchObject({
      action: "destroy",
    });
  });
});

describe("removals", () => {
  test("every object says what goes with it", () => {
    const review = reviewed(meshPlan(objectsOf(nothing), new Map()));
    expect(consequences(review).map((loss) => loss.replace(/ because .*?:/, ":"))).toEqual([
      `destroy: Gateway meta-studio-ad-studio-app-spa-gateway is DESTROYED: this gateway no longer serves ${HOST}, and virtual services bound to it no longer route.`,
      `destroy: VirtualService ad-studio-app-us-central1-meta-studio-com is DESTROYED: requests for ${HOST} get 404.`,
      "destroy: NetworkPolicy api-server-ingress is DESTROYED: clients that it blocked can reach the pods.",
      "destroy: NetworkPolicy meta-verse-visualizer-main-ingress is DESTROYED: clients that it blocked can reach the pods.",
    ]);
    expect(messages(review, "DestinationRule-api-server")).toEqual([
      "DestinationRule api-server is destroyed because it is no longer in the code.",
    ]);
  });

  test("a gateway under another name leaves the hosts alone until it is there", () => {
    const review = changed((draft) => {
      draft.mesh.gateway.name = "app-gateway";
    });
    expect(consequences(review)).toEqual([
      `destroy: Gateway meta-studio-ad-studio-app-spa-gateway is DESTROYED because it is no longer in the code: this gateway no longer serves ${HOST} until kubernetes_manifest.Gateway-app-gateway exists, and virtual services bound to it no longer route.`,
      "update: VirtualService ad-studio-app-us-central1-meta-studio-com no longer routes for gateway meta-studio-ad-studio-app-spa-gateway: such requests get 404.",
    ]);
  });

  test("a kind that nobody has judged is left to a person", () => {
    const map: Manifest = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "app", namespace: "meta-studio" },
      spec: {},
    };
    expect(consequences(reviewed(meshPlan(new Map([["app", map]]), new Map())))[0]).toContain(
      "ConfigMap app is DESTROYED because it is no longer in the code: the catalogue does not say whether it holds data or serves traffic",
    );
  });
});

/** A refresh-only plan in which somebody edited objects of the cluster, and everything else only counts on. */
function refreshed(edits: Readonly<Record<string, (object: Draft) => void>>): Json {
  const drifts = [...objectsOf()].map(([name, object]) => {
    const now: Draft = structuredClone(applied(object, 2));
    // Terraform keeps what is written beside what the cluster holds.
    now.object = structuredClone(now.object);
    edits[name]?.(now.object);
    return change("kubernetes_manifest", applied(object, 1), now, { name });
  });
  const { resource_changes, ...plan } = planOf(...drifts);
  const prior_state = { format_version: "1.0", values: plan.planned_values };
  return { ...plan, prior_state, resource_drift: resource_changes };
}

const driftOf = (plan: Json) =>
  findDrift({
    environment: meshEnvironment(),
    stacks: [{ name: "meta-mesh", refreshed: plan, plan: undefined }],
    failed: [],
    today: TODAY,
  });

describe("drift", () => {
  test("is what somebody changed, not what the cluster counts", () => {
    expect(driftOf(refreshed({}))).toMatchObject({ drifted: [], noticed: [], withoutState: [] });
    const report = driftOf(
      refreshed({
        "DestinationRule-api-server": ({ spec }) =>
          (spec.trafficPolicy.connectionPool.tcp.connectTimeout = "9s"),
      }),
    );
    expect(report.drifted).toMatchObject([
      {
        address: "kubernetes_manifest.DestinationRule-api-server",
        attributes: [{ before: '"5s"', after: '"9s"', statedBy: "mesh" }],
        breaks: [],
      },
    ]);
  });

  test("says which rule it breaks in the cluster", () => {
    const report = driftOf(refreshed({ [ROUTES]: ({ spec }) => (spec.gateways = ["meta-studio-gateway"]) }));
    expect(report.drifted[0]?.breaks.map(({ rule }) => rule)).toContain("mesh/gateway-reference");
  });
});
