package webhook

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"

	"tanxu/need"
)

// maxURL is how long an address may be, in bytes.
const maxURL = 2000

// closed are addresses beside those of loopback and link-local that answer to
// nobody but the machine that asks, or hold another address. What a house has
// inside, such as 10.0.0.0/8, is open: most receivers stand there.
func closed() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"),
		netip.MustParsePrefix("100.100.100.200/32"), // metadata of Alibaba Cloud
		netip.MustParsePrefix("fd00:ec2::254/128"),  // metadata of AWS
		netip.MustParsePrefix("64:ff9b::/96"),       // an IPv4 address, translated
		netip.MustParsePrefix("2002::/16"),          // an IPv4 address, tunnelled
	}
}

// reaches reports whether an address may be dialled.
func (c *Client) reaches(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	in := func(p netip.Prefix) bool { return p.Contains(a) }
	if c.opt.Local || slices.ContainsFunc(c.opt.Allowed, in) {
		return true
	}
	return !a.IsLoopback() && !a.IsLinkLocalUnicast() && !a.IsMulticast() && !a.IsUnspecified() && !slices.ContainsFunc(closed(), in)
}

// control refuses to dial what may not be reached.
func (c *Client) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("read the address to dial: %w", err)
	}
	if !c.reaches(to.Addr()) {
		return refused(to.Addr().String())
	}
	return nil
}

func refused(host string) error {
	return need.Errorf(need.Invalid, "webhook_address", "address %s is of this machine or its network's own: it is not reached", host)
}

// Check returns an Invalid error for an address that nothing can be sent to.
// What a name stands for is found out when something is sent.
func (c *Client) Check(address string) error {
	bad := func(why string) error {
		return need.Errorf(need.Invalid, "webhook_url", "address of a webhook: %s", why)
	}
	if len(address) > maxURL {
		return bad("too long")
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return bad("unreadable") // the error would quote it, with a password that may stand in it
	case u.Scheme != "http" && u.Scheme != "https":
		return bad("neither http nor https")
	case u.Hostname() == "":
		return bad("no host")
	case u.User != nil:
		return bad("a user's name in it, which would stand in logs")
	case u.Fragment != "":
		return bad("a fragment, which is never sent")
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if a, err := netip.ParseAddr(host); err == nil && !c.reaches(a) {
		return refused(host)
	}
	if (host == "localhost" || strings.HasSuffix(host, ".localhost")) && !c.reaches(netip.IPv6Loopback()) && !c.reaches(netip.AddrFrom4([4]byte{127, 0, 0, 1})) {
		return refused(host)
	}
	return nil
}
