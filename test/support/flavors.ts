/** Built-in flavors, as the original service returned them. */
export const FLAVORS = [
  { name: 'small', vcpus: 1, ramGB: 1, diskGB: 10, description: 'Suitable for development and testing' },
  { name: 'medium', vcpus: 2, ramGB: 4, diskGB: 40, description: 'Suitable for web applications' },
  { name: 'large', vcpus: 4, ramGB: 8, diskGB: 80, description: 'Suitable for databases' },
  { name: 'xlarge', vcpus: 8, ramGB: 16, diskGB: 160, description: 'Suitable for big data and analytics' },
] as const;
