extension NameLexicon {
    /// Words that are no distribution, by what they are for; separated by blanks, CJK characters
    /// stand for themselves. A word listed twice keeps its first role.
    static let words: [(NameRole, String)] = [
        (.linux, "linux otherlinux"),
        (.server, "server srv svr 服 务"),
        (.stream, "stream"),
        (.x, "x"), (.v, "v"), (.r, "r"), (.u, "u"), (.k, "k"), (.i, "i"), (.s, "s"),
        (.amd, "amd"), (.arm, "arm kunpeng 鲲 鹏"), (.aarch, "aarch"), (.armv, "armv"),
        (.servicePack, "sp"),
        (.bit, "bit bits biten bitcn guest 位"),
        (.unit, "g gb gib t tb tib m mb mib kb kib h c d e"),
        (
            .foreignProcessor,
            "armhf armel riscv loongarch loong loongson mips mipsel mipsle ppc ppcle powerpc sparc"
        ),
        (.likeness, "like alike compatible compat style replacement alternative 兼"),
        (.part, systemWords),
        (.filler, imageWords),
        (.product, productWords),
    ]

    /// Words that stand between a distribution and its version without changing its meaning.
    private static let systemWords = """
        enterprise advanced release rel version ver os lts ltsc sac edition workstation desktop client \
        cloud gnu el for with of and on the sap apps applications ha hpc raw lvm byos payg container containers containerd \
        minimal free pro fips stable alpha beta testing final operating system generic genericcloud live \
        generalpurpose leap update updates services solutions autonomous developer professional \
        ultimate education home web storage datacenter datactr datacentre dtc dc standard std ent \
        essentials foundation full common optimized pure basic dev kvm vm virt nocloud \
        器 高 级 企 业 标 准 数 据 中 心 版 本 桌 面 专 操 作 系 统
        """

    /// Words about the image: its purpose, its packaging, its origin.
    private static let imageWords = """
        base golden gold image images img template tpl custom customized gpu cpu app db prod \
        production test stage staging public private official default daily build builds latest \
        current cloudimg disk uefi bios efi secureboot hvm pv ebs ena ssd gp ec ami nvme xen hyper qcow \
        qcow2 vhd vhdx vmdk iso hourly community marketplace english chinese japanese german french en \
        us cn zh de ja jp kr ko fr es it ru gb intl aws gcp gce google azure openstack ovh hetzner \
        linode vultr aliyun alibase aliaegis cloudinit init netdisk bm baremetal metal node worker \
        master gen edge se eval evaluation trial volume lic license licensed virtualbox vagrant packer \
        hardened cis benchmark level stig scc sriov my our new old team company internal default \
        regular normal server cores small medium large smalldisk snapshot last backup \
        文 公 共 镜 像 基 础 官 方 正 式 稳 定 英
        """

    /// Software whose version is easily taken for the system's.
    private static let productWords = """
        kernel tkernel tk kubernetes kube eks ecs gke aks ack tke cce k3s rke docker podman \
        moby crio cri cuda cudnn nvidia driver drivers grid rocm tensorrt tensorflow tf pytorch torch \
        python py jupyter conda anaconda php perl ruby node nodejs java jdk jre openjdk go golang rust \
        dotnet asp nginx apache httpd tomcat iis mysql mariadb percona postgres postgresql pgsql pg sql \
        sqlserver sqldev sqlent sqlstd mssql microsoftsqlserver redis mongo mongodb memcached hadoop \
        spark kafka flink hive elasticsearch elastic kibana zabbix grafana prometheus wordpress drupal \
        gitlab jenkins ansible terraform puppet plesk cpanel lamp lnmp lemp bt oneinstack exchange \
        sharepoint dynamics office visualstudio studio vs vscode teams oracle oracledb weblogic \
        websphere sap hana mlnx ofed dpdk qemu libvirt glibc gcc llvm cudatoolkit vnc xfce gnome kde \
        rdp agent zlib openssl ssh
        """
}
