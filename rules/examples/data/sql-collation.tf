resource "google_sql_database" "shop" {
  name      = "shop"
  instance  = "shop"
  charset   = "utf8mb4"
  collation = "utf8_general_ci" # utf8mb4_0900_ai_ci
}
