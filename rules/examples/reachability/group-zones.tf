resource "google_compute_region_instance_group_manager" "web" {
  name                      = "web"
  region                    = "europe-west1"
  base_instance_name        = "web"
  distribution_policy_zones = ["europe-west1-b", "europe-west4-a"] # a zone of another region
  version {
    instance_template = "projects/acme-orders/global/instanceTemplates/web"
  }
}
