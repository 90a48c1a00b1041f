/* The last of the second bundle: whoever waits for it may begin. */
window.geomap.take("later", true);
