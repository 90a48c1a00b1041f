/* The last of the bundle that is loaded when somebody first asks for what is in it. */
window.geomap.take("seldom", true);
