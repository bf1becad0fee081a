// The desk's behaviour. Pages are ordinary forms and links first; each module below adds one
// convenience, bound by data- attributes, and the desk works without any of them.
import "./desk.css";
import "htmx.org";
import "./ts/morph";
import "./ts/account";
import "./ts/copied";
import "./ts/days";
import "./ts/drafts";
import "./ts/focus";
import "./ts/keys";
import "./ts/lines";
import "./ts/messages";
import "./ts/once";
import "./ts/print";
import "./ts/problems";
import "./ts/rehearsal";
import "./ts/session";
import "./ts/signatures";
import "./ts/strip";
import "./ts/typed";
import "./ts/unsaved";
import "./ts/uploads";
