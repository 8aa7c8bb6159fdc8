# List all flavors
curl http://localhost:8081/api/v1/compute/flavors | jq

# Test each flavor
for flavor in small medium large xlarge; do
  echo "Testing flavor: $flavor"
  INST=$(curl -s -X POST http://localhost:8081/api/v1/compute/instances \
    -H "X-Tenant-ID: flavor-test" \
    -H "Content-Type: application/json" \
    -d "{\"name\":\"test-$flavor\", \"flavor\":\"$flavor\", \"type\":\"vm\"}" | jq -r '.id')
  echo "Created instance $INST with flavor $flavor"
  sleep 3
  curl -X POST http://localhost:8081/api/v1/compute/instances/$INST/stop \
    -H "X-Tenant-ID: flavor-test"
  curl -X DELETE http://localhost:8081/api/v1/compute/instances/$INST \
    -H "X-Tenant-ID: flavor-test"
done
