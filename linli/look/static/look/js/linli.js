// Every page loads this; each import is one element that improves markup which already works.
import "./local-time.js";
import "./toast-region.js";
import "./fold-away.js";
import "./read-aloud.js";
import "./picture-input.js";
import "./draft-keeper.js";
import "./form-manners.js";
import "./print-page.js";
import "./offline.js";
