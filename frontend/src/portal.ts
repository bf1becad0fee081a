// The portal's behaviour. Its pages are ordinary forms and links, and work without any of this.
import "./portal.css";
import "./ts/copied";
import "./ts/once";
import "./ts/signatures";
