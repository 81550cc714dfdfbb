// Firefox, which Playwright drives only in builds of its own.

import puppeteer from 'puppeteer-core';

export function launch() {
  const executablePath = process.env.KMSGUARD_FIREFOX ?? '/usr/bin/firefox-esr';
  return puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
}
