// MkDocs' search/main.js looks for this name; as an inline script the site's content security policy would refuse it.
var base_url = document.currentScript.dataset.base;
