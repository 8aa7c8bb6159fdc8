# Create instances for different tenants
TENANT_A=$(curl -s -X POST http://localhost:8081/api/v1/compute/instances \
  -H "X-Tenant-ID: tenant-a" \
  -H "Content-Type: application/json" \
  -d '{"name":"tenant-a-vm", "flavor":"small", "type":"vm"}' | jq -r '.id')

TENANT_B=$(curl -s -X POST http://localhost:8081/api/v1/compute/instances \
  -H "X-Tenant-ID: tenant-b" \
  -H "Content-Type: application/json" \
  -d '{"name":"tenant-b-vm", "flavor":"small", "type":"vm"}' | jq -r '.id')

# Verify tenant-a cannot see tenant-b's instance
echo "Tenant A instances:"
curl -H "X-Tenant-ID: tenant-a" http://localhost:8081/api/v1/compute/instances | jq

echo "Tenant B instances:"
curl -H "X-Tenant-ID: tenant-b" http://localhost:8081/api/v1/compute/instances | jq

# Verify tenant-a cannot access tenant-b's instance
echo "Tenant A trying to access Tenant B's instance:"
curl -H "X-Tenant-ID: tenant-a" http://localhost:8081/api/v1/compute/instances/$TENANT_B
