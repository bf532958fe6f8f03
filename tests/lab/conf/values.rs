//! Values that some reader takes and values that none takes, side by side; the good ones first.

/// Public and preshared keys.
pub(super) const KEYS: [&str; 14] = [
    "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=",
    "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=",
    "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=",
    "cL9S5KV5wAy/AsKyYct3qz9BHxe5FYqxlb/eDthF/VY=",
    "NYZxBGjCBKo2aAVTyMOIH5NMN9nLdUHMPO9kJfLbyko=",
    "j0DFrbaPJWJK5bIU6nZ6bslNgp09e14a0bpvPiE4KF8=",
    "QiyOemIn17yhNQs+K7cnn3iXuHu2hUt4PGDoAxGuMHk=",
    "HIgo9xNzJMWLKASS hiTqIybxZ0U3wGLiUeJ1PKf8ykw=",
    "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBml=",
    "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8-kw=",
    "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw",
    "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw==",
    "l0lth1s1sd3f1n1t3lybr0k3n=",
    "",
];

/// How many of `KEYS` are whole.
pub(super) const GOOD_KEYS: usize = 7;

/// Private keys; the last one stands for none.
pub(super) const PRIVATE: [&str; 4] = [
    "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
    "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=",
    "oK56DE9Ue9zK76rAc8pBl6opph+1v36lm7cXXsQKrQM=",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
];

/// Ports.
pub(super) const PORTS: [&str; 16] = [
    "51820",
    "0",
    "65535",
    "65536",
    "70000",
    "domain",
    "http",
    "ntp",
    "+5",
    "-1",
    "007",
    "5x",
    "0x10",
    "4294967301",
    "51 820",
    "2147483648",
];

/// Firewall marks.
pub(super) const MARKS: [&str; 11] = [
    "off",
    "OFF",
    "0",
    "51820",
    "0xca6c",
    "0XCA6C",
    "0xFFFFFFFF",
    "4294967296",
    "010",
    "-1",
    "0x",
];

/// Keepalives.
pub(super) const KEEPALIVES: [&str; 10] = [
    "25", "off", "Off", "0", "025", "+25", "-1", "65535", "65536", "2 5",
];

/// Entries of `AllowedIPs`.
pub(super) const ALLOWED: [&str; 30] = [
    "10.0.0.2/32",
    "10.0.0.3",
    "10.1.0.0/16",
    "0.0.0.0/0",
    "::/0",
    "fd00::2/128",
    "fd00::3",
    "2001:db8:1::/48",
    "10.9.8.7/16",
    "fd00::5/64",
    "10.0.0.0/33",
    "fd00::/129",
    "10.0.0.0/",
    "10.0.0.0/24/24",
    "10.0.0.0/255.255.255.0",
    "010.0.0.1/32",
    "10.0.0/24",
    "10.0.0.0/024",
    "10.0.0.0/+24",
    "+10.0.0.0/8",
    "-10.0.0.0/8",
    "nas",
    "1::2::3",
    "1:2:3:4:5:6:7::/112",
    "10.0.0.1 /32",
    "10. 0.0.1",
    "fe80::1%lo/64",
    "",
    "192.168.0.0/24",
    "192.168.1.5/24",
];

/// Endpoints.
pub(super) const ENDPOINTS: [&str; 34] = [
    "203.0.113.1:51820",
    "203.0.113.1:51821",
    "[2001:db8::1]:51820",
    "2001:db8::1:51820",
    "vpn.example.net:51820",
    "VPN.Example.NET:51820",
    "six.example.net:51820",
    "[vpn.example.net]:5",
    "my_nas.example.net:5",
    "a:5",
    "[203.0.113.1]:5",
    "203.0.113.1",
    "203.0.113.1:",
    "203.0.113.1:70000",
    "203.0.113.1:domain",
    "203.0.113.1:http",
    "203.0.113.1:65536",
    "1.2.3:5",
    "0x7f.1:5",
    "010.0.0.1:5",
    "[2001:db8::1]5",
    "[2001:db8::1]:",
    "[2001:db8::1:5",
    ":5",
    "a..example.net:5",
    "a/b:5",
    "-a.example.net:5",
    "fe80::1%lo:5",
    "[fe80::1%lo]:5",
    "[2001:db8::1%lo]:5",
    "a@example.net:5",
    "203.0.113.1 : 51820",
    "*:5",
    "203.0.113.1:*",
];

/// Values of `Address`.
pub(super) const ADDRESSES: [&str; 10] = [
    "10.0.0.1/24",
    "10.0.0.1",
    "fd00::1/64",
    "10.0.0.1/24, fd00::1/64",
    "10.0.0.1/24 fd00::1/64",
    "10.0.0.1/33",
    "nas",
    "",
    "10.0.0.1/24,",
    "Address",
];
