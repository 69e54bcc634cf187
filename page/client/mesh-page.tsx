import { routeTimes } from "../../platform/mesh-plan.ts";
import type { MeshEnvironment, MeshHost } from "../../platform/schema/mesh.ts";
import type { MeshData } from "../data.ts";
import { Findings, findingCounts } from "./findings.tsx";
import { Page, Tile } from "./page.tsx";
import { count, Scrolls } from "./text.tsx";

const SECTIONS = [
  ["gateway", "Gateway"],
  ["routes", "Routes"],
  ["services", "Services"],
  ["findings", "Findings"],
] as const;

/** The ingress of an environment behind Istio. */
export function MeshPage({ data }: { readonly data: MeshData }) {
  const { name, environment, findings, resources, today } = data;
  const { mesh, objectives, project, region } = environment;
  const errors = findings.filter(({ severity, waiver }) => severity === "error" && waiver === undefined);
  return (
    <Page
      title={name}
      about={`${project} · ${region} · cluster ${mesh.cluster} · ${today}`}
      sections={SECTIONS}
    >
      <section class="summary" aria-label="Summary">
        <Tile
          label="Verdict"
          value={errors.length > 0 ? "✕ Errors" : "✓ No errors"}
          note={findingCounts(findings)}
          tone={errors.length > 0 ? "bad" : "good"}
        />
        <Tile label="Hosts" value={String(mesh.hosts.length)} note="of the gateway" />
        <Tile label="Services" value={String(mesh.services.length)} note={`in namespace ${mesh.namespace}`} />
        <Tile
          label="Availability objective"
          value={`${Number((objectives.availability * 100).toFixed(4))} %`}
          note="of requests"
        />
        <Tile label="Latency objective" value={`${objectives.latency} s`} note="at the 95th percentile" />
      </section>
      <Gateway environment={environment} />
      <section id="routes" aria-labelledby="routes-title">
        <h2 id="routes-title">Routes</h2>
        <p class="lead">In order: the first route that matches applies. A timeout covers all attempts.</p>
        {mesh.hosts.map((host) => (
          <Routes key={host.host} environment={environment} host={host} />
        ))}
      </section>
      <Services environment={environment} />
      <Findings findings={findings} resources={resources} today={today} />
    </Page>
  );
}

interface Props {
  readonly environment: MeshEnvironment;
}

function Gateway({ environment: { mesh } }: Props) {
  const { gateway, namespace, hosts } = mesh;
  return (
    <section id="gateway" aria-labelledby="gateway-title">
      <h2 id="gateway-title">Gateway</h2>
      <p class="lead">
        <code>
          {namespace}/{gateway.name}
        </code>
        , served by pods {labels(gateway.selector)} in namespace <code>{gateway.namespace}</code>
      </p>
      <Scrolls label="Hosts">
        <table>
          <thead>
            <tr>
              <th scope="col">Host</th>
              <th scope="col">HTTPS certificate</th>
              <th scope="col">HTTP</th>
              <th scope="col">Latency test</th>
            </tr>
          </thead>
          <tbody>
            {hosts.map(({ host, tls, redirect, latencyPath }) => (
              <tr key={host}>
                <th scope="row">{host}</th>
                <td>
                  Secret <code>{tls.secret}</code>
                  {tls.issuer !== undefined && `, issued by ${tls.issuer.kind} ${tls.issuer.name}`}
                </td>
                <td>{redirect ? "redirects to HTTPS" : "not redirected"}</td>
                <td>
                  <code>{latencyPath}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </section>
  );
}

function Routes({ environment, host }: Props & { readonly host: MeshHost }) {
  return (
    <>
      <h3>{host.host}</h3>
      <Scrolls label={`Routes of ${host.host}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Route</th>
              <th scope="col">Path</th>
              <th scope="col">Service</th>
              <th scope="col" class="number">
                One attempt
              </th>
              <th scope="col" class="number">
                Retries
              </th>
              <th scope="col" class="number">
                Timeout
              </th>
            </tr>
          </thead>
          <tbody>
            {host.routes.map((route) => {
              const { tryTimeout, retries, timeout } = routeTimes(environment, route);
              return (
                <tr key={route.name}>
                  <th scope="row">{route.name}</th>
                  <td>{route.prefix === "/" ? "everything else" : `${route.prefix} and below`}</td>
                  <td>{route.service}</td>
                  <td class="number">{count(tryTimeout)} s</td>
                  <td class="number">{retries}</td>
                  <td class="number">{count(timeout)} s</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrolls>
    </>
  );
}

function Services({ environment: { mesh } }: Props) {
  return (
    <section id="services" aria-labelledby="services-title">
      <h2 id="services-title">Services</h2>
      <Scrolls label="Services of the namespace">
        <table>
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col" class="number">
                Port
              </th>
              <th scope="col" class="number">
                Container port
              </th>
              <th scope="col">Pods</th>
              <th scope="col">May be called by</th>
            </tr>
          </thead>
          <tbody>
            {mesh.services.map(({ name, port, containerPort, pods, callers }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="number">{port}</td>
                <td class="number">{containerPort}</td>
                <td>{labels(pods)}</td>
                <td>the gateway; namespaces {[mesh.namespace, ...callers].join(", ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </section>
  );
}

/** As `kubectl --selector` takes them. */
function labels(pods: Readonly<Record<string, string>>) {
  return (
    <code>
      {Object.entries(pods)
        .map(([key, value]) => `${key}=${value}`)
        .join(",")}
    </code>
  );
}
