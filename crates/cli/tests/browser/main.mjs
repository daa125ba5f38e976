// All browser tests, in one browser.
import "./every-page.mjs";
import "./checker.mjs";
import "./generator.mjs";
import "./validator.mjs";
import "./records.mjs";
import "./reading.mjs";
import "./keyboard.mjs";
import "./hostile.mjs";
import "./screenshots.mjs";
