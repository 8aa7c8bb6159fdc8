#!/usr/bin/env node
// Committed, because npm links only a program that exists when it installs.
require('../dist/main.js');
