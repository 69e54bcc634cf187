import { defineMeshEnvironment } from "../platform/define.ts";
import { seconds } from "../platform/units.ts";

/** meta-studio on GKE behind Istio. Host, gateway and services are those of incident I-0. */
export const environment = defineMeshEnvironment({
  project: "meta-studio",
  region: "us-central1",
  // The file's name contains a hyphen, which a prefix must not.
  prefix: "meta",
  labels: { environment: "meta-studio", team: "platform" },
  protection: true,

  mesh: {
    cluster: "meta-studio",
    namespace: "meta-studio",
    // I-0: the Gateway was called meta-studio-gateway, and the VirtualService named this.
    gateway: { name: "meta-studio-ad-studio-app-spa-gateway" },
    services: [
      { name: "api-server", pods: { app: "api-server" } },
      { name: "meta-verse-visualizer-main", pods: { app: "meta-verse-visualizer-main" } },
    ],
    hosts: [
      {
        host: "ad-studio-app.us-central1.meta-studio.com",
        // I-0: the Gateway listened on HTTP 80 only.
        tls: { secret: "ad-studio-app-tls" },
        routes: [
          { name: "api", prefix: "/api", service: "api-server" },
          { name: "app", service: "meta-verse-visualizer-main" },
        ],
      },
    ],
  },

  objectives: { availability: 0.999, latency: seconds(2) },
});
