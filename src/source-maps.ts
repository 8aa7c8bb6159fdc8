// Applies only to files that are loaded later, so main.ts imports this one first.
process.setSourceMapsEnabled(true);
